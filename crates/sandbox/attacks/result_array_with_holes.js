// Holes, undefined and NaN in lists are null.
// expect: returns {"a":[null,null,1,null,null]}

const getCustomJwtClaims = async () => ({ a: [, undefined, 1, NaN, -Infinity] });
