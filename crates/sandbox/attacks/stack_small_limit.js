// A stack of 64 kilobytes ends in the same way.
// expect: runtime RangeError: stack
// limits: stack=64KB

const getCustomJwtClaims = async () => { const f = (n) => f(n + 1) + 1; return { n: f(0) }; };
