// A function of the surface as the entry: it gets the input, whose `api` cannot be cloned.
// expect: runtime DataCloneError

const getCustomJwtClaims = structuredClone;
