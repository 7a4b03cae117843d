// A clone of something fifty thousand deep.
// expect: runtime RangeError: stack

const getCustomJwtClaims = async () => { let a = {}; for (let i = 0; i < 50_000; i += 1) a = { a }; structuredClone(a); return {}; };
