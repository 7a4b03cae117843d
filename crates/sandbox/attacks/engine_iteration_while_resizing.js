// Iterators and callbacks of typed arrays that change the buffer in every step.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const method of ['forEach', 'map', 'filter', 'reduce', 'reduceRight', 'some', 'every', 'find', 'findLast', 'findIndex', 'findLastIndex']) {
    const buffer = new ArrayBuffer(256, { maxByteLength: 512 });
    const view = new Uint32Array(buffer);
    let n = 0;
    try { view[method](() => { n += 1; buffer.resize([0, 512, 7, 256][n % 4]); return false; }, 0); } catch {}
    const other = new Uint8Array(new ArrayBuffer(64, { maxByteLength: 64 }));
    try { for (const [index] of other.entries()) { if (index === 10) other.buffer.resize(5); if (index > 100) break; } } catch {}
  }
  return { ok: true };
};
