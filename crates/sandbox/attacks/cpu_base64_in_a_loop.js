// `btoa` and `atob` of megabytes.
// expect: timeout | out-of-memory
// limits: wall=300ms

const getCustomJwtClaims = async () => { const s = 'x'.repeat(2_000_000); for (;;) atob(btoa(s)); };
