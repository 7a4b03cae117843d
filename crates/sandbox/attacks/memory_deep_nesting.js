// A million objects in each other, then looked at from the outside.
// expect: out-of-memory | runtime RangeError | type

const getCustomJwtClaims = async () => { let a = {}; for (let i = 0; i < 1_000_000; i += 1) a = { a }; return a; };
