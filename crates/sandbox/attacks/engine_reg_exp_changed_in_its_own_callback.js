// A replacement that compiles, matches and replaces with the same expression.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const r = /(a+)(b*)/g;
  let depth = 0;
  const f = () => { depth += 1; try { r.lastIndex = 0; r.compile?.(`(${'x'.repeat(depth)})`, 'gi'); if (depth < 50) 'aabxx'.replace(r, f); } catch {} return 'y'.repeat(1000); };
  for (let i = 0; i < 20; i += 1) { depth = 0; 'aabaab'.repeat(20).replace(r, f); }
  return { ok: true };
};
