// Names of properties become atoms, which the engine keeps in one table.
// expect: out-of-memory

const getCustomJwtClaims = async () => { const o = {}; for (let i = 0; ; i += 1) { o[`name number ${i}`] = Symbol(`s${i}`); globalThis[`g${i}`] = i; } };
