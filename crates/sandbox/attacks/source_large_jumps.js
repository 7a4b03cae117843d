// A loop whose body is larger than sixteen bits of bytecode.
// expect: returns {"x":40000} | syntax | out-of-memory
// expand

const getCustomJwtClaims = async () => { let x = 0; for (let i = 0; i < 2; i += 1) { if (i === 5) continue; <<<"x += 1; "|20000>>> } return { x }; };
