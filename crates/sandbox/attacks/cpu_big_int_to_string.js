// Printing a number of a million bits takes quadratic time in one native call.
// expect: timeout | returns
// limits: wall=300ms

const getCustomJwtClaims = async () => ({ n: ((1n << 1_000_000n) - 1n).toString().length });
