// Split and matchAll make a new expression through the species; flags are read as text.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const species of [function () { return /x/y; }, function () { return { exec: () => null, lastIndex: 0 }; }, function () { return {}; }, class extends RegExp { exec() { return { index: 0, length: 2 ** 14, 0: 'a' }; } }, Array]) {
    class Odd extends RegExp { static get [Symbol.species]() { return species; } get flags() { return { toString: () => 'gy' }; } }
    for (const call of [() => 'abc'.split(new Odd('b')), () => { let n = 0; for (const match of 'abc'.matchAll(new Odd('b', 'g'))) { n += 1; if (n > 100) break; } }]) { try { call(); } catch {} }
  }
  return { ok: true };
};
