// Every trap of a chain of a hundred thousand proxies.
// expect: runtime RangeError: stack | out-of-memory

const getCustomJwtClaims = async () => { let p = {}; for (let i = 0; i < 100_000; i += 1) p = new Proxy(p, {}); return { keys: Object.keys(p), a: p.a }; };
