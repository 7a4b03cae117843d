// The same as a result: the host counts while it serializes and stops early.
// expect: type: The script return value is too large.

const getCustomJwtClaims = async () => { let a = { x: 'yyyyyyyyyy' }; for (let i = 0; i < 6; i += 1) a = Array(100).fill(a); return { a }; };
