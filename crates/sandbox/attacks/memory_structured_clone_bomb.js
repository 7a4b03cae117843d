// A clone of a graph in which each node is shared by the next two.
// expect: returns {"n":22} | out-of-memory | runtime

const getCustomJwtClaims = async () => {
  let a = {};
  for (let i = 0; i < 22; i += 1) a = { l: a, r: a };
  let n = 0;
  for (let c = structuredClone(a); c.l !== undefined; c = c.l) n += 1;
  return { n };
};
