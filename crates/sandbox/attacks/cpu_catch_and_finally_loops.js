// A script that tries to go on after its time is over.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { for (;;) { try { for (;;); } catch { continue; } finally { for (;;); } } };
