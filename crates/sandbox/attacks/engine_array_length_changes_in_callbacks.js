// Callbacks that empty, grow and freeze the array they are called for.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const changes = [(a) => { a.length = 0; }, (a) => { a.length = 1e6; }, (a) => { a.push(1, 2, 3); if (a.length > 500) a.length = 2; }, (a) => Object.freeze(a), (a) => { a[1e5] = 1; }, (a) => Object.defineProperty(a, 1, { get() { a.length = 0; return 1; }, configurable: true }), (a) => Object.setPrototypeOf(a, null)];
  for (const change of changes) {
    for (const method of ['map', 'filter', 'forEach', 'some', 'every', 'find', 'findLast', 'findIndex', 'reduce', 'reduceRight', 'flatMap', 'sort', 'toSorted']) {
      const a = [5, 4, 3, 2, 1, , 7];
      try { Array.prototype[method].call(a, (x) => { change(a); return method === 'sort' || method === 'toSorted' ? -1 : false; }, 0); } catch {}
    }
  }
  return { ok: true };
};
