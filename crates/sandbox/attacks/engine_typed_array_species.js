// Species constructors that return shorter, other, shared and detached typed arrays.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const shared = new ArrayBuffer(16, { maxByteLength: 64 });
  const gone = new ArrayBuffer(16);
  const lost = new Uint8Array(gone);
  gone.transfer();
  for (const result of [() => new Uint8Array(1), () => new Float64Array(2), () => new Uint8Array(shared), () => lost, () => new BigInt64Array(8), () => new Uint8Array(shared, 8), () => ({}), () => { shared.resize(4); return new Uint8Array(shared); }]) {
    class Odd extends Uint8Array { static get [Symbol.species]() { return function () { return result(); }; } }
    const odd = new Odd(32).fill(7);
    for (const call of [() => odd.map((x) => x), () => odd.filter(() => true), () => odd.slice(0), () => odd.subarray(1)]) { try { call(); } catch {} }
    class OddBuffer extends ArrayBuffer { static get [Symbol.species]() { return function () { return [new ArrayBuffer(1), lost.buffer, shared][result().length % 3]; }; } }
    try { new OddBuffer(64).slice(0, 40); } catch {}
    try { shared.resize(16); } catch {}
  }
  return { ok: true };
};
