// A call with seventy thousand arguments.
// expect: syntax | returns | runtime | out-of-memory
// expand

const getCustomJwtClaims = async () => ({ a: Math.max(<<<"{n},"|70000>>>) });
