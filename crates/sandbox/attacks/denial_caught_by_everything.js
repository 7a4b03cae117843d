// Nothing that catches gets hold of a denial.
// expect: denied: final

const getCustomJwtClaims = async ({ api }) => {
  const swallow = async (f) => { try { await f(); } catch {} finally { try { await f(); } catch {} } };
  await Promise.allSettled([1, 2].map(() => swallow(async () => api.denyAccess('final'))));
  try { [1].forEach(() => api.denyAccess('other')); } catch {}
  return { through: true };
};
