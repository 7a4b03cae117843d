// Holes become null; a huge length is too large.
// expect: type: The script return value is too large.

const getCustomJwtClaims = async () => { const a = [1]; a.length = 4_000_000_000; return { a }; };
