// Closures that keep their environments.
// expect: out-of-memory

const getCustomJwtClaims = async () => { const all = []; for (let i = 0; ; i += 1) { const big = new Array(500).fill(i); all.push(() => big); } };
