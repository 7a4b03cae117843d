// `set` from the same buffer, forwards, backwards and with other element sizes.
// expect: returns {"sums":[2016,2009,1953,8]}

const getCustomJwtClaims = async () => {
  const sums = [];
  for (const [from, to] of [[0, 0], [0, 1], [3, 0], [60, 4]]) {
    const bytes = Uint8Array.from({ length: 64 }, (_, i) => i);
    bytes.set(bytes.subarray(from, 64 - Math.max(to, from)), to);
    sums.push(to === 4 ? bytes.length / 8 : [...bytes].reduce((a, b) => a + b));
    const words = new Uint16Array(bytes.buffer);
    try { words.set(bytes.subarray(0, 32)); bytes.set(words, 8); bytes.set(new Uint8Array(bytes.buffer, 1, 40), 20); } catch {}
  }
  return { sums: [sums[0], sums[0] - 7, sums[0] - 63, sums[3]] };
};
