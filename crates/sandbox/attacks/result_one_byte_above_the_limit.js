// One more.
// expect: type: The script return value is too large.

const getCustomJwtClaims = async () => ({ a: 'x'.repeat(50 * 1024 - '{"a":""}'.length + 1) });
