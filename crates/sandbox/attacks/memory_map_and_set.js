// Entries of maps and sets, with keys that collide as far as possible.
// expect: out-of-memory

const getCustomJwtClaims = async () => { const m = new Map(); const s = new Set(); for (let i = 0; ; i += 1) { m.set(i * 2 ** 20, s); s.add(`k${i}`.padEnd(500)); } };
