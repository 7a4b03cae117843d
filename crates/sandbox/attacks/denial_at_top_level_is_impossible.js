// Before the function is called there is no `api`.
// expect: runtime ReferenceError

api.denyAccess('early');
const getCustomJwtClaims = async () => ({});
