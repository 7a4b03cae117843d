// A pattern whose matcher recurses per group.
// expect: runtime | returns

const getCustomJwtClaims = async () => ({ m: new RegExp(`${'(?:'.repeat(50_000)}a${')*'.repeat(50_000)}`).test('a') });
