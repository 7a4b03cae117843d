// Each job returns the promise of the next, so that all of them stay.
// expect: out-of-memory | timeout
// limits: wall=2s

const getCustomJwtClaims = async () => { const again = () => Promise.resolve().then(again); again(); await new Promise(() => {}); };
