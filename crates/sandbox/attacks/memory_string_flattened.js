// A rope that is flattened at once needs all its bytes.
// expect: out-of-memory | runtime

const getCustomJwtClaims = async () => {
  let s = 'abcdefgh';
  for (let i = 0; i < 24; i += 1) s += s;
  return { n: s.charCodeAt(s.length - 1), u: s.toUpperCase().length };
};
