// A typed array is an object with very many members.
// expect: type: The script return value is too large. | returns

const getCustomJwtClaims = async () => ({ a: new Uint8Array(100_000) });
