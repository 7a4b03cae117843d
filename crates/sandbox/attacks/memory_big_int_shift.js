// A number of many megabits by one shift.
// expect: out-of-memory | runtime RangeError

const getCustomJwtClaims = async () => { let n = 1n; for (;;) n = (n << 1_000_000n) | 1n; };
