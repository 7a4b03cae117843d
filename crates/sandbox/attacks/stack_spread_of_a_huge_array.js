// More arguments than a stack holds.
// expect: runtime RangeError | returns | out-of-memory

const getCustomJwtClaims = async () => { const a = new Array(1_000_000).fill(1); return { n: Math.max(...a) }; };
