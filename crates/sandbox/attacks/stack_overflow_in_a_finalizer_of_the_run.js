// An overflow exactly where the host calls back: in a getter of the result.
// expect: runtime RangeError: stack

const getCustomJwtClaims = async () => { const f = () => f() + 1; return { get a() { return f(); } }; };
