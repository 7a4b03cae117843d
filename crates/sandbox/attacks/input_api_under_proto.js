// The same behind `__proto__`.
// expect: returns {"type":"function"}
// input: {"__proto__":{"api":1}}

const getCustomJwtClaims = async ({ api }) => ({ type: typeof api.denyAccess });
