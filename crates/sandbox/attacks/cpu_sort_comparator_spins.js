// A comparator that never returns.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { [3, 2, 1].sort(() => { for (;;); }); return {}; };
