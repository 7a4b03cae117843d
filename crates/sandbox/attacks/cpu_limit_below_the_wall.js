// Processor time has its own limit.
// expect: timeout: after 200ms
// limits: wall=10s cpu=200ms

const getCustomJwtClaims = async () => { for (;;); };
