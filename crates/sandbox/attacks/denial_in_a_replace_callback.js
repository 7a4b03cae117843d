// Natives that call back: the denial passes through all of them.
// expect: denied: in replace

const getCustomJwtClaims = async ({ api }) => {
  try { 'aaa'.replace(/a/g, () => JSON.parse('[1]', () => Array.from([1], () => api.denyAccess('in replace')))); } catch {}
  return { through: true };
};
