// The entry's name is no expression: nothing but a name is looked up.
// expect: missing-function
// entry: (() => ({}))

const getCustomJwtClaims = async () => ({});
