// Async functions that wait forever.
// expect: out-of-memory

const getCustomJwtClaims = async () => { const never = new Promise(() => {}); const f = async (n) => { const big = new Array(200).fill(n); await never; return big; }; for (let i = 0; ; i += 1) f(i); };
