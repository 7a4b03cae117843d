// `Array.fromAsync` over something that never ends.
// expect: out-of-memory

const getCustomJwtClaims = async () => { async function* g() { for (;;) yield new Array(100); } return { n: (await Array.fromAsync(g())).length }; };
