// Parsing a megabyte again and again; the parser itself does not ask the clock.
// expect: timeout
// limits: wall=300ms memory=64MB

const getCustomJwtClaims = async () => { const text = JSON.stringify(Array(50_000).fill({ a: [1, 'x'] })); for (;;) JSON.parse(text); };
