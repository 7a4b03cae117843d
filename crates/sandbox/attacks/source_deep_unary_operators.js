// Operators in front of operators.
// expect: syntax | returns | runtime | out-of-memory
// expand

const getCustomJwtClaims = async () => ({ a: <<<"- "|100000>>>1 });
