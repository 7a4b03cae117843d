// Parsing one.
// expect: runtime

const getCustomJwtClaims = async () => ({ n: JSON.parse('['.repeat(1_000_000)) });
