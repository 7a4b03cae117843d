// The result is read by the host; a getter that denies ends the run as a denial.
// expect: denied: in a getter

const getCustomJwtClaims = async ({ api }) => ({ a: 1, get b() { return api.denyAccess('in a getter'); } });
