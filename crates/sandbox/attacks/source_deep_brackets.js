// A hundred thousand open brackets.
// expect: syntax
// expand

const getCustomJwtClaims = async () => ({ a: <<<"["|100000>>><<<"]"|100000>>> });
