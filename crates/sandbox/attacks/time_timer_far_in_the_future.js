// Waiting for a timer that is due after the deadline ends at the deadline.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { await new Promise((resolve) => { setTimeout(resolve, 2 ** 31); }); return {}; };
