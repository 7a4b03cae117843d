// Async functions that call themselves before they wait.
// expect: runtime RangeError: stack | runtime InternalError | out-of-memory

const getCustomJwtClaims = async () => { const f = async (n) => { await f(n + 1); }; await f(0); return {}; };
