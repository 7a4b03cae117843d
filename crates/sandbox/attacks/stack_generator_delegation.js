// `yield*` through generators ten thousand deep.
// expect: runtime RangeError: stack | returns

const getCustomJwtClaims = async () => { function* g(n) { if (n > 0) yield* g(n - 1); yield n; } return { first: g(20_000).next().value }; };
