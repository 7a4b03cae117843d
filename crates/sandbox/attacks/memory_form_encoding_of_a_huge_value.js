// Each byte of a query value becomes three characters outside the script's heap.
// expect: out-of-memory
// limits: memory=512MB

const getCustomJwtClaims = async () => ({ n: new URLSearchParams([['a', '!'.repeat(180_000_000)]]).toString().length });
