// `Error.stackTraceLimit` with values that are no limits.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const limit of [-1, 0, 2 ** 31, 2 ** 53, Infinity, NaN, '5', {}, null, undefined, 1e9]) {
    try { Error.stackTraceLimit = limit; } catch {}
    const deep = (n) => (n === 0 ? new Error('x').stack : deep(n - 1));
    deep(200);
  }
  try { Error.stackTraceLimit = { valueOf() { throw 1; } }; new Error('x'); } catch {}
  return { ok: true };
};
