// The host reads `stack` of what was thrown; a hook that runs then must not get more than the script had.
// expect: runtime | timeout

const getCustomJwtClaims = async ({ api }) => {
  Error.prepareStackTrace = () => { api.denyAccess = 1; while (true) {} };
  throw new Error('told');
};
