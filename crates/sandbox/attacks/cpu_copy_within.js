// Moving megabytes by one byte, a million times.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { const a = new Uint8Array(16 << 20); for (let i = 0; i < 1e6; i += 1) a.copyWithin(1, 0); return {}; };
