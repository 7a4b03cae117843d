// So does the largest stack that a worker grants, also in natives that recurse.
// expect: runtime RangeError: stack | out-of-memory
// limits: stack=64MB memory=256MB

const getCustomJwtClaims = async () => { let a = []; for (let i = 0; i < 300_000; i += 1) a = [a]; const f = (n) => JSON.stringify({ toJSON: () => f(n + 1), a }); return { n: f(0).length }; };
