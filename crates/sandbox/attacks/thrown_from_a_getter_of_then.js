// A rejected promise whose reason is a promise.
// expect: runtime

const getCustomJwtClaims = () => Promise.reject(Promise.reject(new Error('inner')));
