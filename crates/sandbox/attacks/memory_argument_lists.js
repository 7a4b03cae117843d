// `apply` with as many arguments as an array claims to have.
// expect: runtime | out-of-memory

const getCustomJwtClaims = async () => ({ n: Math.max.apply(null, { length: 50_000_000 }) });
