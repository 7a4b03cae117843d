// A boxed BigInt cannot be serialized.
// expect: type | runtime TypeError

const getCustomJwtClaims = async () => ({ n: Object(1n) });
