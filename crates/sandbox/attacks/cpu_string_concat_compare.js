// Comparing long equal ropes.
// expect: timeout | out-of-memory
// limits: wall=300ms

const getCustomJwtClaims = async () => { const a = 'x'.repeat(4_000_000); const b = `${'x'.repeat(3_999_999)}y`; let n = 0; for (;;) n += a < b ? 1 : 0; };
