// An input that brings its own `api` loses it.
// expect: denied: the real one
// input: {"api":{"denyAccess":"mine"},"context":{}}

const getCustomJwtClaims = async ({ api }) => { api.denyAccess('the real one'); };
