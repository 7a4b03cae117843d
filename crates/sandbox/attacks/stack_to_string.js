// `toString` that asks itself.
// expect: runtime RangeError: stack

const getCustomJwtClaims = async () => { const a = { toString() { return `${a}`; } }; return { a: String(a) }; };
