// A result of exactly as many bytes as allowed.
// expect: returns

const getCustomJwtClaims = async () => ({ a: 'x'.repeat(50 * 1024 - '{"a":""}'.length) });
