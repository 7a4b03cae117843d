// Each object gets its members in another order, so no two share a shape.
// expect: out-of-memory | returns | timeout
// limits: wall=2s

const getCustomJwtClaims = async () => {
  const all = [];
  for (let i = 0; ; i += 1) { const o = {}; for (let k = 0; k < 30; k += 1) o[`k${(i * 31 + k * 17) % 997}_${k}`] = 1; all.push(o); }
};
