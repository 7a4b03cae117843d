// A sparse array with a huge length, filled, spread and joined.
// expect: out-of-memory | runtime RangeError | timeout
// limits: wall=1s

const getCustomJwtClaims = async () => { const a = []; a.length = 2 ** 32 - 1; return { n: a.fill(1).length }; };
