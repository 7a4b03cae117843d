// `for await` and `fromAsync` over iterators that return nonsense.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const step of [5, null, {}, { then(r) { r({ done: false, get value() { throw 1; } }); } }, Promise.reject(new Error('x')), { get done() { throw 2; } }]) {
    let n = 0;
    const source = { [Symbol.asyncIterator]: () => ({ next() { n += 1; return n > 3 ? { done: true } : step; }, return() { throw 3; } }) };
    try { for await (const value of source) if (n > 2) break; } catch {}
    n = 0;
    try { await Array.fromAsync(source, () => { throw 4; }); } catch {}
  }
  return { ok: true };
};
