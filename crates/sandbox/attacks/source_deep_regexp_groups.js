// A literal with a hundred thousand groups.
// expect: syntax
// expand

const getCustomJwtClaims = async () => ({ a: /<<<"("|100000>>>a<<<")"|100000>>>/.test('a') });
