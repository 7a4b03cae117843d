// Timers that are cleared, cleared twice, cleared while they run, and ids that nobody gave out.
// expect: returns {"ran":["a"]}

const getCustomJwtClaims = async () => {
  const ran = [];
  const b = setTimeout(() => ran.push('b'), 2);
  const a = setTimeout(() => { ran.push('a'); clearTimeout(a); clearTimeout(b); }, 1);
  for (const id of [undefined, null, -1, 1e9, {}, 'x', NaN]) clearTimeout(id);
  await new Promise((resolve) => { setTimeout(resolve, 5); });
  return { ran };
};
