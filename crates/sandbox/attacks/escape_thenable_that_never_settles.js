// A `then` that calls nobody back is waited for no longer than a promise that cannot settle.
// expect: timeout

const getCustomJwtClaims = () => ({ then() {} });
