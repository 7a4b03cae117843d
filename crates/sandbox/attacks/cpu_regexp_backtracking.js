// Nested quantifiers; the expression is interrupted inside.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => ({ m: /^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(60)) });
