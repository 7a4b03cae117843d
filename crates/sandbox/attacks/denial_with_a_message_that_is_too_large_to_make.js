// Making the message uses up the memory before anything is denied; the script is over its budget.
// expect: out-of-memory | denied

const getCustomJwtClaims = async ({ api }) => {
  let text = 'x';
  const message = { toString() { for (;;) text += text; } };
  try { api.denyAccess(message); } catch {}
  return { through: true };
};
