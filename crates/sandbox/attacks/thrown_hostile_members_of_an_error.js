// Name, message, stack and cause are getters that throw.
// expect: runtime Error: cannot be described

const getCustomJwtClaims = async () => {
  const error = new Error('x');
  for (const key of ['name', 'message', 'stack', 'cause']) Object.defineProperty(error, key, { get() { throw new Error(key); } });
  throw error;
};
