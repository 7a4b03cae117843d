// Nothing is thrown.
// expect: runtime Error: null

const getCustomJwtClaims = async () => { throw null; };
