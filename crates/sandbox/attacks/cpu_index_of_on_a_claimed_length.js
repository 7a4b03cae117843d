// Generic array methods walk to whatever length an object claims.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => ({ n: Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1) });
