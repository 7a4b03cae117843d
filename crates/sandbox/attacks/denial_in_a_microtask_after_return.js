// A job that was queued before the result was there runs before it: its denial counts. Later ones do not run at all.
// expect: denied: queued | returns {"through":true}

const getCustomJwtClaims = ({ api }) => {
  const result = new Promise((resolve) => { queueMicrotask(() => queueMicrotask(() => resolve({ through: true }))); });
  queueMicrotask(() => api.denyAccess('queued'));
  return result;
};
