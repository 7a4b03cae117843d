// The text of the message denies with another message: the inner one comes first.
// expect: denied: inner

const getCustomJwtClaims = async ({ api }) => { api.denyAccess({ toString() { api.denyAccess('inner'); return 'outer'; } }); };
