// Labels on labels, and jumps to the outermost.
// expect: syntax | returns | out-of-memory
// expand

const getCustomJwtClaims = async () => { <<<"l{n}: "|5000>>> for (;;) { break l0; } return {}; };
