// Serializing a list that is a hundred thousand deep.
// expect: runtime RangeError: stack | out-of-memory

const getCustomJwtClaims = async () => { let a = []; for (let i = 0; i < 100_000; i += 1) a = [a]; return { n: JSON.stringify(a).length }; };
