// The message is cut to a few kilobytes.
// expect: denied: xxxx

const getCustomJwtClaims = async ({ api }) => { api.denyAccess('x'.repeat(8_000_000)); };
