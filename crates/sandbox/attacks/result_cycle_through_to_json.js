// A cycle that only appears when `toJSON` is asked.
// expect: type | runtime RangeError | timeout | out-of-memory
// limits: wall=1s

const getCustomJwtClaims = async () => { const a = { toJSON() { return { a: { ...a } }; } }; return { a }; };
