// As much randomness as a script can ask for.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { const view = new Uint32Array(16_384); for (;;) { crypto.getRandomValues(view); crypto.randomUUID(); Math.random(); } };
