// A tiny buffer with a maximum that nobody could pay: what is not used costs nothing, what is used is refused.
// expect: out-of-memory

const getCustomJwtClaims = async () => {
  for (const maxByteLength of [2 ** 53 - 1, 2 ** 40, 2 ** 32, 2 ** 31 - 1]) {
    try { const buffer = new ArrayBuffer(0, { maxByteLength }); buffer.resize(maxByteLength); } catch {}
  }
  return { survived: true };
};
