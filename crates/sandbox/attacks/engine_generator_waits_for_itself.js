// An async generator that waits for its own end can never go on: said at once, not at the deadline.
// expect: timeout

const getCustomJwtClaims = async () => { let at; async function* a() { yield await at.return(1); } at = a(); await at.next(); return {}; };
