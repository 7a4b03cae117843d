// Traps that break the invariants of proxies.
// expect: runtime TypeError

const getCustomJwtClaims = async () => new Proxy({}, { ownKeys: () => ['a', 'a', Symbol('s'), 1] });
