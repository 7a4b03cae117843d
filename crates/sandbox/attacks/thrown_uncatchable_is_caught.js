// The engine's own overflow can be caught; time running out cannot.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { try { for (;;); } catch (error) { return { caught: String(error) }; } finally { return { through: true }; } };
