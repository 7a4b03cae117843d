// Grouping with a key per element.
// expect: out-of-memory

const getCustomJwtClaims = async () => { function* g() { for (let i = 0; ; i += 1) yield i; } return { n: Object.keys(Object.groupBy(g(), (i) => `k${i}`)).length }; };
