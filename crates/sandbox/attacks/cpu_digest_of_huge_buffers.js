// Digests are native and do not ask the clock within one call.
// expect: timeout
// limits: wall=300ms memory=64MB

const getCustomJwtClaims = async () => { const data = new Uint8Array(8 << 20); for (;;) await crypto.subtle.digest('SHA-512', data); };
