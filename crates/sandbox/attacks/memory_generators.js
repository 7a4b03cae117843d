// Suspended generators keep their stacks.
// expect: out-of-memory

const getCustomJwtClaims = async () => { const all = []; function* g(a, b, c) { const x = [a, b, c]; yield x; } for (let i = 0; ; i += 1) { const it = g(i, i, i); it.next(); all.push(it); } };
