// The host looks at prototypes of members; so a trap may run there.
// expect: denied: in getPrototypeOf

const getCustomJwtClaims = async ({ api }) => ({ a: new Proxy({}, { getPrototypeOf() { return api.denyAccess('in getPrototypeOf'); } }) });
