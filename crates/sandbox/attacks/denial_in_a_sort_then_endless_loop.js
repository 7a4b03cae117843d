// After a denial, no loop in a native goes on.
// expect: denied: in sort

const getCustomJwtClaims = async ({ api }) => {
  try { Array.from({ length: 1000 }, (_, i) => i).sort(() => { api.denyAccess('in sort'); return 0; }); } finally { for (;;); }
};
