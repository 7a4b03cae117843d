// The first denial is the one that is told.
// expect: denied: first

const getCustomJwtClaims = async ({ api }) => { try { api.denyAccess('first'); } finally { api.denyAccess('second'); } };
