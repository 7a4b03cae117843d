// Powers of powers.
// expect: timeout | out-of-memory | runtime RangeError
// limits: wall=300ms

const getCustomJwtClaims = async () => { let n = 3n; for (;;) n **= 7n; };
