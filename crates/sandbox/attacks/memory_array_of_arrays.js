// The plain bomb.
// expect: out-of-memory

const getCustomJwtClaims = async () => { const a = []; for (;;) a.push(new Array(100_000).fill('x')); };
