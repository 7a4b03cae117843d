// Parsing nested objects, closed properly.
// expect: runtime | returns

const getCustomJwtClaims = async () => ({ n: typeof JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`) });
