// Spreading a large string into an array literal.
// expect: out-of-memory

const getCustomJwtClaims = async () => ({ n: [...'é'.repeat(4_000_000)].map((c) => ({ c })).length });
