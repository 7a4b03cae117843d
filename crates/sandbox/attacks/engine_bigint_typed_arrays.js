// BigInt and number mixed where the engine expects one of them.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const big = new BigInt64Array(8);
  for (const value of [1, 1n << 70n, -1n, '5', {}, null, { valueOf: () => 1n }, Symbol('s'), NaN]) { for (const call of [() => big.fill(value), () => { big[0] = value; }, () => big.set([value]), () => big.with(0, value), () => big.indexOf(value), () => new BigUint64Array([value]), () => BigInt.asIntN(2 ** 53 - 1, value), () => BigInt.asUintN(64, value)]) { try { call(); } catch {} } }
  for (const bits of [0, 1, 63, 64, 65, 2 ** 32, 2 ** 53 - 1]) { try { BigInt.asIntN(bits, -(1n << 100n)); BigInt.asUintN(bits, (1n << 100n) + 1n); } catch {} }
  return { ok: true };
};
