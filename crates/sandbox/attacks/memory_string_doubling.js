// Ropes double in no time: the length limit or the memory limit ends it.
// expect: runtime RangeError: Invalid string length | out-of-memory

const getCustomJwtClaims = async () => { let s = 'xy'; for (;;) s += s; };
