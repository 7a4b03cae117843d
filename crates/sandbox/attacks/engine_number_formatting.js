// Digits and bases at all the edges.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const n of [0, -0, 5e-324, 1.7976931348623157e308, 0.1, 1e21, 123456789.123456789, NaN, -Infinity, 2 ** -1074]) { for (const d of [0, 1, 20, 21, 99, 100, 101, -1, NaN]) { for (const m of ['toFixed', 'toPrecision', 'toExponential', 'toString', 'toLocaleString']) { try { n[m](d); } catch {} } } }
  for (let radix = 2; radix <= 36; radix += 1) { (5e-324).toString(radix); (1.7976931348623157e308).toString(radix); (-(10n ** 300n)).toString(radix); }
  return { ok: true };
};
