// A time that does not fit 32 bits wraps around, as the standard says; one that fits is waited for to the deadline.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { await new Promise((resolve) => { setTimeout(resolve, 2 ** 31); }); await new Promise((resolve) => { setTimeout(resolve, 2 ** 31 - 1); }); return {}; };
