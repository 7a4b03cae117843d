// Weak references read while collections clear them.
// expect: returns {"ok":true} | out-of-memory
// limits: memory=8MB

const getCustomJwtClaims = async () => {
  const refs = [];
  for (let i = 0; i < 20_000; i += 1) { const o = { i }; o.o = o; refs[i % 500] = new WeakRef(o); const old = refs[(i * 7) % 500]?.deref(); if (old !== undefined && typeof old.i !== 'number') throw new Error('a dead object'); if (i % 1000 === 0) await null; }
  return { ok: true };
};
