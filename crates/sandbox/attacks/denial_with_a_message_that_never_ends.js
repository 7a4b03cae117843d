// Reading the message takes forever. The run ends at its deadline.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async ({ api }) => { api.denyAccess({ toString() { for (;;); } }); };
