// `lastIndex` as an object that changes the expression or the text while it runs.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const flags of ['g', 'y', 'gy', 'gu', 'gd', 'gv']) {
    const r = new RegExp('(a)|(?<n>b)', flags);
    for (const index of [-1, 1e9, 2 ** 53, NaN, { valueOf() { r.compile?.('x(y)(z)', 'g'); return 1; } }, { valueOf() { throw 1; } }, Symbol('s'), 10n]) {
      for (const call of [() => r.exec('aab'), () => r.test('😀ab'), () => 'aab'.replace(r, '$1$<n>'), () => [...'aab'.matchAll(r)], () => 'aab'.split(r), () => 'aab'.search(r), () => r[Symbol.match]('aab')]) {
        try { r.lastIndex = index; call(); } catch {}
      }
    }
  }
  return { ok: true };
};
