// A denial in `finally` wins over the value that was on its way.
// expect: denied: in finally

const getCustomJwtClaims = async ({ api }) => { try { return { through: true }; } finally { api.denyAccess('in finally'); } };
