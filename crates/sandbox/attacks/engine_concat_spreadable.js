// `Symbol.isConcatSpreadable` as a getter that changes what is being joined.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const a = [1, 2, 3, 4];
  const hostile = { get [Symbol.isConcatSpreadable]() { a.length = 0; return true; }, get length() { a.push(9); return 3; }, get 0() { a.length = 1e5; return 1; } };
  for (const call of [() => a.concat(hostile, a), () => [].concat(hostile, hostile, a), () => Array.prototype.concat.call(hostile, a), () => [].concat(new Proxy(a, { get(t, k) { t.length = 1; return t[k]; } }))]) { try { call(); } catch {} }
  const large = { [Symbol.isConcatSpreadable]: true, length: 2 ** 53 - 1 };
  try { [1].concat(large); } catch {}
  return { ok: true };
};
