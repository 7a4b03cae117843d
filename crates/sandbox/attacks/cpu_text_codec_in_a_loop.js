// Encoding and decoding megabytes.
// expect: timeout | out-of-memory
// limits: wall=300ms

const getCustomJwtClaims = async () => { const s = '€'.repeat(500_000); for (;;) new TextDecoder().decode(new TextEncoder().encode(s)); };
