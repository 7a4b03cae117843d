// A script that catches each failed allocation is over its budget all the same.
// expect: out-of-memory

const getCustomJwtClaims = async () => {
  for (let i = 0; i < 100; i += 1) { try { 'x'.repeat(100_000_000 + i); } catch {} }
  return { survived: true };
};
