// `exec` that returns results which are no matches: positions outside the text, lengths that lie, groups that are proxies.
// expect: returns {"ok":true} | out-of-memory

const getCustomJwtClaims = async () => {
  const results = [null, {}, [], { index: -5, length: 3, 0: 'abc' }, { index: 1e9, 0: 'x', length: 1 }, { index: 0, length: 5_000, 0: '' }, { get index() { return {}; }, 0: { toString: () => 'a' } }, { index: 0, 0: 'a', groups: new Proxy({}, { get: () => 'g' }) }, 5, 'x', Object.assign([], { index: { valueOf: () => 3 }, groups: null })];
  for (const result of results) {
    const r = /a/g;
    let turns = 0;
    r.exec = () => { turns += 1; return turns > 3 ? null : result; };
    for (const call of [() => 'abc'.replace(r, '$0$1$99$<x>$`$\''), () => 'abc'.replaceAll(r, () => 'x'), () => 'abc'.match(r), () => [...'abc'.matchAll(r)], () => r.test('abc'), () => 'abc'.search(r), () => 'abc'.split(r)]) { turns = 0; try { call(); } catch {} }
  }
  return { ok: true };
};
