// `repeat`, `padStart`, `padEnd`, `concat` and `join` make large strings from small ones.
// expect: out-of-memory | runtime RangeError

const getCustomJwtClaims = async () => {
  const parts = [];
  for (let i = 1; ; i += 1) parts.push('ab'.repeat(i * 1000).padStart(i * 5000, 'xyz').padEnd(i * 9000).concat(parts.join('-')));
};
