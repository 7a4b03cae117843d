// Lazy helpers stacked a hundred thousand deep.
// expect: runtime | out-of-memory | timeout
// limits: wall=1s

const getCustomJwtClaims = async () => { let it = [1, 2, 3].values(); for (let i = 0; i < 100_000; i += 1) it = it.map((x) => x + 1).drop(0); return { n: it.next().value }; };
