// One allocation above every limit, and sizes around the overflow of the size arithmetic.
// expect: returns {"made":[]} | out-of-memory

const getCustomJwtClaims = async () => {
  const made = [];
  for (const size of [2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 33, 2 ** 40, 2 ** 53 - 1, 2 ** 53, Infinity, -1, 1e308, 2 ** 63, 2 ** 64 - 16]) {
    for (const type of [Uint8Array, BigInt64Array, Float64Array, ArrayBuffer]) {
      try { made.push(new type(size).byteLength); } catch {}
    }
  }
  return { made };
};
