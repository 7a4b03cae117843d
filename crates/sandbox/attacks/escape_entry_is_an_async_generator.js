// An async generator is no promise: its first value is not the result.
// expect: returns {}

async function* getCustomJwtClaims() { yield { a: 1 }; }
