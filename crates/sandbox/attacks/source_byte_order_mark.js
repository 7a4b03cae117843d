// A mark at the start of the source.
// expect: returns {"ok":true}
// first: "\ufeff"

const getCustomJwtClaims = async () => ({ ok: true });
