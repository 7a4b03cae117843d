// A switch with fifty thousand cases.
// expect: returns {"x":1} | syntax | out-of-memory
// expand

const getCustomJwtClaims = async () => { let x = 0; switch (49_999) { <<<"case {n}: x += 0; break; "|49999>>> case 49999: x = 1; } return { x }; };
