// Proxies of proxies and bound functions of bound functions.
// expect: out-of-memory

const getCustomJwtClaims = async () => { let p = () => {}; let b = p; for (;;) { p = new Proxy(p, {}); b = b.bind(null, 1, 2, 3, 4, 5, 6, 7, 8); globalThis.kept = [p, b]; } };
