// Garbage in every callback, so that collections happen in the middle of natives.
// expect: returns {"ok":true} | out-of-memory
// limits: memory=8MB

const getCustomJwtClaims = async () => {
  const waste = () => { const a = { b: {} }; a.b.a = a; for (let i = 0; i < 20; i += 1) { const c = { i, a }; c.c = c; } return 1; };
  for (let i = 0; i < 20; i += 1) {
    Array.from({ length: 20 }, waste).sort(waste);
    JSON.stringify({ a: [1, 2, 3] }, (k, v) => (waste(), v));
    JSON.parse('[1,[2,{"a":3}]]', (k, v) => (waste(), v));
    'abcabc'.replace(/b/g, waste);
    new Uint8Array(20).map(waste);
    new Map([[1, 2]]).forEach(waste);
    Object.groupBy([1, 2, 3], waste);
    structuredClone({ get a() { return waste(); } });
  }
  return { ok: true };
};
