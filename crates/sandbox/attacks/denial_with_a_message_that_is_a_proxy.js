// A proxy as the message; every trap throws.
// expect: denied: Access denied

const getCustomJwtClaims = async ({ api }) => {
  const thrower = () => { throw new Error('trap'); };
  api.denyAccess(new Proxy({}, { get: thrower, has: thrower, getPrototypeOf: thrower, ownKeys: thrower }));
};
