// A timer that is never due, and one at a time that is no time.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { await new Promise((resolve) => { setTimeout(resolve, Infinity); setTimeout(() => {}, 1e308); }); return {}; };
