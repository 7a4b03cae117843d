// The plain case.
// expect: runtime RangeError: stack

const getCustomJwtClaims = async () => { const f = (n) => f(n + 1) + 1; return { n: f(0) }; };
