// Holes are looked up along a long chain of prototypes.
// expect: timeout | out-of-memory
// limits: wall=300ms

const getCustomJwtClaims = async () => { let p = null; for (let i = 0; i < 5_000; i += 1) p = Object.create(p); const a = new Array(100_000); Object.setPrototypeOf(a, p); for (;;) Array.prototype.indexOf.call(a, 1); };
