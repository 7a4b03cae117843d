// Text of one megabyte becomes half a million objects.
// expect: out-of-memory

const getCustomJwtClaims = async () => ({ n: JSON.parse(`[${'{},'.repeat(1_000_000)}0]`).length });
