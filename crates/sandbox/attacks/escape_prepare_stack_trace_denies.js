// A hook in the middle of describing an error may still deny, and that is final.
// expect: denied: from the hook | runtime

const getCustomJwtClaims = async ({ api }) => {
  Error.prepareStackTrace = () => api.denyAccess('from the hook');
  const error = new Error('told');
  Object.defineProperty(error, 'message', { get() { return new Error('again').stack; } });
  throw error;
};
