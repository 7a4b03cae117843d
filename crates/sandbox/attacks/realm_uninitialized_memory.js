// Buffers begin as zeros, whatever was in that memory before.
// expect: returns {"dirty":0}
// twice

const getCustomJwtClaims = async () => {
  let dirty = 0;
  for (const size of [1, 15, 16, 100, 4096, 70_000, 3_000_000]) { for (let i = 0; i < 20; i += 1) { const a = new Uint8Array(size); for (let k = 0; k < size; k += 997) dirty += a[k]; a.fill(0xaa); } }
  const b = new ArrayBuffer(10, { maxByteLength: 100_000 });
  b.resize(100_000); new Uint8Array(b).fill(1); b.resize(10); b.resize(100_000);
  for (const byte of new Uint8Array(b, 10)) dirty += byte;
  for (const byte of new Uint8Array(new ArrayBuffer(100).transfer(100_000))) dirty += byte;
  return { dirty };
};
