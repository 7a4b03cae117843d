// Each job queues the next.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { const again = () => { Promise.resolve().then(again); }; again(); await new Promise(() => {}); };
