// Characters that other systems choke on.
// expect: denied: �

const getCustomJwtClaims = async ({ api }) => { api.denyAccess('a\0b\ud800c\u2028\u202e'); };
