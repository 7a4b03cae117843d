// The search looks at every place without asking the clock: the server ends it.
// expect: timeout
// limits: wall=300ms memory=64MB

const getCustomJwtClaims = async () => { const s = 'a'.repeat(4_000_000); return { n: s.indexOf('a'.repeat(2_000_000) + 'b') }; };
