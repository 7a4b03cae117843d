// A keyword cannot be looked up.
// expect: missing-function | syntax
// entry: this

const getCustomJwtClaims = async () => ({});
