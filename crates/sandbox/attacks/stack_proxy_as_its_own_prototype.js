// A proxy whose target inherits from the proxy: lookups go round and round.
// expect: runtime | returns | timeout
// limits: wall=500ms

const getCustomJwtClaims = async () => { const target = {}; const p = new Proxy(target, {}); try { Object.setPrototypeOf(target, p); } catch {} return { missing: typeof target.missing, has: 'missing' in p }; };
