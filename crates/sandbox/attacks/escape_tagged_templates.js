// Template objects are cached per site: the cache does not outlive the run.
// expect: returns {"same":true,"marked":false}
// twice

const tag = (strings) => strings;
const site = () => tag`a${1}b`;
const getCustomJwtClaims = async () => {
  const strings = site();
  const marked = Object.hasOwn(strings, 'mark');
  try { strings.mark = 1; } catch {}
  try { Object.defineProperty(strings, 'raw', { value: 1 }); } catch {}
  return { same: site() === strings, marked };
};
