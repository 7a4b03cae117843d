// Halves of pairs in names and values become replacement characters, so that others can read the JSON.
// expect: returns {"�":"a�b�","ok":"😀"}

const getCustomJwtClaims = async () => ({ '\ud800': 'a\udfffb\ud83d', ok: '\ud83d\ude00' });
