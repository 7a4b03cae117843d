// Maps and sets that are emptied, filled and compacted while iterators stand in them.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const type of [Map, Set]) {
    const c = new type(type === Map ? Array.from({ length: 100 }, (_, i) => [i, i]) : Array.from({ length: 100 }, (_, i) => i));
    const iterators = [c.keys(), c.values(), c.entries()];
    let n = 0;
    c.forEach(() => { n += 1; if (n === 5) c.clear(); if (n < 50) type === Map ? c.set(n * 1000, n) : c.add(n * 1000); });
    for (let i = 0; i < 1000; i += 1) { iterators[i % 3].next(); if (i % 7 === 0) c.delete(i * 1000); if (i % 11 === 0) type === Map ? c.set(i, i) : c.add(i); if (i === 500) c.clear(); }
    try { if (type === Set) for (const m of ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom']) c[m]({ size: 1e9, has() { c.clear(); return true; }, keys() { c.add(1); return { next() { c.clear(); return { done: Math.random() > 0.5, value: 1 }; } }; } }); } catch {}
  }
  return { ok: true };
};
