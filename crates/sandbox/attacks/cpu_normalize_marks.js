// Reordering combining marks is quadratic when done naively.
// expect: timeout | returns | out-of-memory
// limits: wall=500ms memory=64MB

const getCustomJwtClaims = async () => ({ n: ('a' + '\u0323\u0301\u0334\u0300'.repeat(200_000)).normalize('NFD').length });
