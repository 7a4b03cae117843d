// Neither is a `toJSON`.
// expect: returns {"toJSON":"x","__proto__":{"toJSON":1}}
// input: {"context":{"toJSON":"x","__proto__":{"toJSON":1}}}

const getCustomJwtClaims = async ({ context }) => context;
