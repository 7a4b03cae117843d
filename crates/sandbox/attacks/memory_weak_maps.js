// Weak maps whose keys are kept alive by their values.
// expect: out-of-memory

const getCustomJwtClaims = async () => {
  const map = new WeakMap();
  let key = {};
  const first = key;
  for (;;) { const next = { key, data: new Array(100).fill(0) }; map.set(key, next); key = next; globalThis.first = first; }
};
