// A member looked up through ten thousand proxies.
// expect: runtime | timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { let p = { a: 1 }; for (let i = 0; i < 10_000; i += 1) p = new Proxy(p, {}); return { a: p.a }; };
