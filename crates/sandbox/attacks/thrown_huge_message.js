// Messages are cut.
// expect: runtime Error: xxxx

const getCustomJwtClaims = async () => { throw new Error('x'.repeat(8_000_000)); };
