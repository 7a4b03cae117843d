// Parentheses, which may also begin an arrow function.
// expect: syntax
// expand

const getCustomJwtClaims = async () => ({ a: <<<"("|100000>>>1<<<")"|100000>>> });
