// A function bound fifty thousand times.
// expect: runtime RangeError: stack | returns {"v":1} | out-of-memory

const getCustomJwtClaims = async () => { let f = () => 1; for (let i = 0; i < 50_000; i += 1) f = f.bind(null); return { v: f() }; };
