// Half a million members on one object, deleted in another order, then listed.
// expect: returns {"left":1} | out-of-memory
// limits: memory=128MB

const getCustomJwtClaims = async () => {
  const o = {};
  for (let i = 0; i < 300_000; i += 1) o[`k${i}`] = i;
  for (let i = 299_999; i > 0; i -= 2) delete o[`k${i}`];
  for (let i = 2; i < 300_000; i += 2) delete o[`k${i}`];
  return { left: Object.keys(o).length };
};
