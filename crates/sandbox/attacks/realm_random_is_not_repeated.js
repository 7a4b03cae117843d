// Random numbers of two runs in the same worker: the file only asks for many, the canary compares.
// expect: returns {"distinct":1000}

const getCustomJwtClaims = async () => ({ distinct: new Set(Array.from({ length: 1000 }, () => Math.random())).size });
