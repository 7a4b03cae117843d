// A result that arrives shortly before the deadline counts.
// expect: returns {"ok":true} | timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { while (performance.now() < 250) await null; return { ok: true }; };
