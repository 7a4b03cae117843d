// The input with `api` in it: a function is refused.
// expect: type: The script return value must be JSON-serializable.

const getCustomJwtClaims = async (input) => input;
