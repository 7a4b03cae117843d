// The same as the result: it is the host that meets it.
// expect: runtime RangeError: stack | out-of-memory | type

const getCustomJwtClaims = async () => { let p = {}; for (let i = 0; i < 60_000; i += 1) p = new Proxy(p, {}); return p; };
