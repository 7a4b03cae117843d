// The names of members count like their values.
// expect: type: The script return value is too large.

const getCustomJwtClaims = async () => ({ ['k'.repeat(60_000)]: 1 });
