// Ropes double in no time: the length limit or the memory limit ends it.
// expect: out-of-memory | runtime: too long

const getCustomJwtClaims = async () => { let s = 'xy'; for (;;) s += s; };
