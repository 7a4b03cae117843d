// An expression with a hundred thousand operators on one level.
// expect: returns {"a":100000} | syntax | out-of-memory
// expand

const getCustomJwtClaims = async () => ({ a: 0<<<" + 1"|100000>>> });
