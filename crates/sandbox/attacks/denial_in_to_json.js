// The same in `toJSON`, deep in the result and inside a `catch`.
// expect: denied: in toJSON

const getCustomJwtClaims = async ({ api }) => ({ a: [{ toJSON() { try { api.denyAccess('in toJSON'); } catch { return {}; } } }] });
