// Traps of a result that is a proxy.
// expect: denied: in a trap

const getCustomJwtClaims = async ({ api }) => new Proxy({}, { ownKeys() { api.denyAccess('in a trap'); return []; } });
