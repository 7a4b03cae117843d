// Bytes count, not characters.
// expect: type: The script return value is too large.

const getCustomJwtClaims = async () => ({ a: 'é'.repeat(26_000) });
