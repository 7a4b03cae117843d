// A budget of nothing at all: what a fresh realm has left over is all there is, and the worker survives.
// expect: out-of-memory
// limits: memory=0KB

const getCustomJwtClaims = async () => ({ n: new Array(100_000).fill('x').length });
