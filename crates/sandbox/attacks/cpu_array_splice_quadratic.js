// Inserting at the front of a large array.
// expect: timeout | out-of-memory
// limits: wall=300ms

const getCustomJwtClaims = async () => { const a = Array.from({ length: 200_000 }, (_, i) => i); for (;;) { a.unshift(1); a.splice(5, 1); a.shift(); } };
