// A thousand intervals of no delay.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { for (let i = 0; i < 1_000; i += 1) setInterval(() => {}, 0); await new Promise(() => {}); };
