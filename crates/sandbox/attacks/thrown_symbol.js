// A symbol is thrown.
// expect: runtime Error: Symbol(x)

const getCustomJwtClaims = async () => { throw Symbol('x'); };
