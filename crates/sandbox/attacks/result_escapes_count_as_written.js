// Characters that need six bytes as JSON count as six.
// expect: type: The script return value is too large.

const getCustomJwtClaims = async () => ({ a: '\u0001'.repeat(9_000) });
