// A callback that changes the map under `getOrInsertComputed`.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const map = new Map();
  for (let i = 0; i < 500; i += 1) { try { map.getOrInsertComputed(i, (key) => { if (i % 3 === 0) map.clear(); for (let k = 0; k < 20; k += 1) map.set(`${key} ${k}`, k); map.delete(key); return key; }); } catch {} }
  const weak = new WeakMap();
  const key = {};
  try { weak.getOrInsertComputed(key, () => { weak.set(key, 1); weak.delete(key); return 2; }); } catch {}
  return { ok: true };
};
