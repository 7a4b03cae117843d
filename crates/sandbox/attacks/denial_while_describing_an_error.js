// The script throws, and denies while the host reads what it threw.
// expect: denied: while described

const getCustomJwtClaims = async ({ api }) => {
  throw Object.defineProperty(new Error('x'), 'message', { get() { return api.denyAccess('while described'); } });
};
