// The global object itself as the result.
// expect: type | returns {} | returns

const getCustomJwtClaims = async () => globalThis;
