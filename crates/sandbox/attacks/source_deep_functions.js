// Functions inside functions.
// expect: syntax | returns | out-of-memory
// expand

const getCustomJwtClaims = async () => { <<<"() => {"|20000>>><<<"};"|20000>>> return {}; };
