// Iterators that never end, consumed by everything that consumes.
// expect: timeout | out-of-memory
// limits: wall=300ms

const getCustomJwtClaims = async () => { function* forever() { for (;;) yield 1; } forever().every((x) => x === 1); return {}; };
