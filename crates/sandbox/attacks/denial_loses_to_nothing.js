// Out of memory, out of time and thrown: the denial came first and stays.
// expect: denied: first of all

const getCustomJwtClaims = async ({ api }) => {
  try { api.denyAccess('first of all'); } finally { const a = []; for (;;) a.push(new Uint8Array(1e6)); }
};
