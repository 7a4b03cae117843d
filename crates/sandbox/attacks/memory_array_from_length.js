// `Array.from` believes the length that an object claims.
// expect: out-of-memory | runtime | timeout
// limits: wall=1s

const getCustomJwtClaims = async () => ({ n: Array.from({ length: 2 ** 40 }, (_, i) => ({ i })).length });
