// A denial from a timer while the function waits for something else.
// expect: denied: from a timer

const getCustomJwtClaims = async ({ api }) => { setTimeout(() => api.denyAccess('from a timer'), 1); await new Promise(() => {}); };
