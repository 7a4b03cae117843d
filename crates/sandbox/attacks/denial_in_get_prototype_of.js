// The host decides by classes and asks no prototype, so this trap never runs: nobody was denied anything.
// expect: returns {"a":{}}

const getCustomJwtClaims = async ({ api }) => ({ a: new Proxy({}, { getPrototypeOf() { return api.denyAccess('in getPrototypeOf'); } }) });
