// An endless loop that always gives way.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { for (;;) await null; };
