// A comparator that resizes the buffer under the typed array that is being sorted.
// expect: returns {"ok":true}
// twice

const getCustomJwtClaims = async () => {
  for (const size of [0, 1, 8, 4096]) {
    const buffer = new ArrayBuffer(2048, { maxByteLength: 8192 });
    const view = new Uint8Array(buffer);
    for (let i = 0; i < view.length; i += 1) view[i] = i * 7;
    try { view.sort((a, b) => { buffer.resize(size); return a - b; }); } catch {}
    try { view.toSorted(() => { buffer.resize(8192 - size); return 1; }); } catch {}
  }
  return { ok: true };
};
