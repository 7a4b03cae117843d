// A name of a million characters.
// expect: returns {"a":1} | syntax | out-of-memory
// expand

const <<<"a"|1000000>>> = 1;
const getCustomJwtClaims = async () => ({ a: <<<"a"|1000000>>> });
