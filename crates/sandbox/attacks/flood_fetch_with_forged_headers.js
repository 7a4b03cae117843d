// The same for names and values of headers: whoever sends the request has to check them again.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const forged of [[['a\r\nb', 'c']], [['Host', 'x'], ['Transfer-Encoding', 'chunked']], [['a', '\0']], [[]], [[1, 2]], 'x', [['\ud800', 'x']], Array(5_000).fill(['a', 'b'])]) {
    Array.prototype.toJSON = () => forged;
    await fetch('http://x.invalid/').catch(() => {});
    delete Array.prototype.toJSON;
  }
  return { ok: true };
};
