// A function is thrown.
// expect: runtime Error: [Function

const getCustomJwtClaims = async () => { throw getCustomJwtClaims; };
