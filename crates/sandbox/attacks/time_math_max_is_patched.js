// The prelude computes the time of a timer with a method that the script can replace.
// expect: timeout | returns | type
// limits: wall=300ms

const getCustomJwtClaims = async () => { Math.max = () => ({ valueOf() { throw new Error('mine'); } }); await new Promise((resolve) => { try { setTimeout(resolve, 1); } catch { resolve(); } }); return {}; };
