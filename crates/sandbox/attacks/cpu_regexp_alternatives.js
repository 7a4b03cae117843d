// Alternatives that match the same text, with a backreference.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => ({ m: /^(a|a|aa|aaa)*\1b$/.test('a'.repeat(80)) });
