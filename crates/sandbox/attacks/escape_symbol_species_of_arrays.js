// Species constructors that return something else than an array of the right size.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const hostile = [
    function () { return new Proxy([], { defineProperty() { return false; } }); }, function () { return Object.freeze([]); },
    function () { return new Uint8Array(1); }, function () { return new Proxy({}, {}); }, function (n) { this.length = n; }, class extends Array { get length() { return 1e9; } },
    function () { throw 1; }, Math.max, Symbol,
  ];
  for (const species of hostile) {
    class Odd extends Array { static get [Symbol.species]() { return species; } }
    const odd = Odd.from([3, 1, 2]);
    for (const method of ['map', 'filter', 'slice', 'splice', 'concat', 'flat', 'flatMap']) {
      try { odd[method]((x) => x, 1, 2); } catch {}
    }
  }
  return { ok: true };
};
