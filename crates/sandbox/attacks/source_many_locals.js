// More local variables than sixteen bits can count. The compiler looks each up among all of them.
// expect: timeout | syntax | returns | out-of-memory
// limits: wall=500ms
// expand

const getCustomJwtClaims = async () => { <<<"let v{n} = {n}; "|70000>>> return { last: v69999, first: v0 }; };
