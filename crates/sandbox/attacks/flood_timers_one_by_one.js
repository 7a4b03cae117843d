// Timers of no delay that start the next.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { const again = () => setTimeout(again, 0); again(); await new Promise(() => {}); };
