// A timer at a time that is no time is due at once, as the standard says.
// expect: returns {}
// limits: wall=300ms

const getCustomJwtClaims = async () => { await new Promise((resolve) => { setTimeout(resolve, Infinity); setTimeout(() => {}, 1e308); }); return {}; };
