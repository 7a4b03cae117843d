// The function works without its object, bound, applied, and as a callback of natives.
// expect: denied: 1

const getCustomJwtClaims = async ({ api: { denyAccess } }) => { [1].forEach(denyAccess); return { through: true }; };
