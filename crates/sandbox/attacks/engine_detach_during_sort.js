// The same with a buffer that is given away in the middle, and memory that is reused at once.
// expect: returns {"ok":true}
// twice

const getCustomJwtClaims = async () => {
  for (const type of [Uint8Array, Float64Array, BigInt64Array]) {
    const view = new type(new ArrayBuffer(4096));
    const kept = [];
    try { view.sort(() => { try { kept.push(view.buffer.transfer()); } catch {} kept.push(new Uint8Array(4096).fill(0x41)); return -1; }); } catch {}
  }
  return { ok: true };
};
