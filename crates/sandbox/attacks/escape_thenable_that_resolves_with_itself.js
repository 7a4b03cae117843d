// Resolution that never gets to a value.
// expect: timeout | out-of-memory
// limits: wall=300ms

const getCustomJwtClaims = () => { const again = { then(resolve) { resolve(again); } }; return again; };
