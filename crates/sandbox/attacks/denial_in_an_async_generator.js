// `yield*`, `return` and `finally` of generators around a denial.
// expect: denied: in a generator

const getCustomJwtClaims = async ({ api }) => {
  async function* inner() { try { yield 1; } finally { api.denyAccess('in a generator'); } }
  async function* outer() { try { yield* inner(); } finally { yield 2; } }
  for await (const value of outer()) break;
  return { through: true };
};
