// A `then` in the input is no function and makes no promise.
// expect: returns {"then":"x","catch":1}
// input: {"context":{"then":"x","catch":1}}

const getCustomJwtClaims = async ({ context }) => context;
