// Four million strings of one character.
// expect: out-of-memory

const getCustomJwtClaims = async () => ({ n: 'ab'.repeat(2_000_000).split('').map((c) => [c]).length });
