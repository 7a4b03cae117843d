// Resizable buffers reserve up to their maximum; growing must stay within the budget.
// expect: out-of-memory | runtime RangeError

const getCustomJwtClaims = async () => {
  const buffers = [];
  for (;;) {
    const buffer = new ArrayBuffer(8, { maxByteLength: 4 << 20 });
    buffer.resize(4 << 20);
    new Uint8Array(buffer).fill(1);
    buffers.push(buffer);
  }
};
