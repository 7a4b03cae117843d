// Delays that are no numbers, negative, huge, or objects.
// expect: returns {"ran":6} | timeout

const getCustomJwtClaims = async () => {
  let ran = 0;
  for (const delay of [undefined, null, -5, NaN, 'x', { valueOf: () => 0 }]) setTimeout(() => { ran += 1; }, delay);
  await new Promise((resolve) => { setTimeout(resolve, 5); });
  return { ran };
};
