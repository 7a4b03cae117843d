// `else if` without end, and conditional expressions to the right.
// expect: syntax | returns | out-of-memory
// expand

const getCustomJwtClaims = async () => { let x = 0; <<<"if (x === 1) x = 2; else "|30000>>> x = 3; return { x, y: <<<"x ? 1 : "|30000>>> 4 }; };
