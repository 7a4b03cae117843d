// A budget of one megabyte is one megabyte.
// expect: out-of-memory
// limits: memory=1MB

const getCustomJwtClaims = async () => ({ n: new Uint8Array(1_200_000).length });
