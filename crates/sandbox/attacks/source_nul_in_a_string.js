// NUL inside a string is a character.
// expect: returns {"n":3} | syntax
// expand

const getCustomJwtClaims = async () => ({ n: 'a<<<"\u0000"|1>>>b'.length });
