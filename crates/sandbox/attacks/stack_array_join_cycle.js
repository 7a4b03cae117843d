// Joining an array that contains itself, a thousand levels of others in between.
// expect: returns | runtime RangeError

const getCustomJwtClaims = async () => { const a = []; let b = a; for (let i = 0; i < 20_000; i += 1) b = [b, b]; a.push(b); return { n: typeof [].join.call({ length: 1, 0: a }) }; };
