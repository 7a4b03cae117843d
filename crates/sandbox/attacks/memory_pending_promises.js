// Promises that wait for each other, all reachable.
// expect: out-of-memory

const getCustomJwtClaims = async () => { let p = new Promise(() => {}); const all = []; for (;;) { p = p.then((x) => x, (e) => e).finally(() => {}); all.push(p); } };
