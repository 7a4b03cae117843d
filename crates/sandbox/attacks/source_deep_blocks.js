// Blocks inside blocks, each with a variable.
// expect: syntax | returns | out-of-memory
// expand

const getCustomJwtClaims = async () => { <<<"{ let a; "|50000>>><<<"}"|50000>>> return {}; };
