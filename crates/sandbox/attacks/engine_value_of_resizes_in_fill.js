// Arguments are converted after the length was read: `valueOf` shrinks the buffer in between.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const methods = ['fill', 'subarray', 'slice', 'copyWithin', 'indexOf', 'lastIndexOf', 'includes', 'at', 'with', 'set', 'join'];
  for (const method of methods) {
    for (const shrink of [(b) => b.resize(0), (b) => b.resize(16), (b) => b.transfer(), (b) => b.transferToFixedLength(), (b) => b.resize(8192)]) {
      for (const place of [0, 1, 2]) {
        const buffer = new ArrayBuffer(4096, { maxByteLength: 8192 });
        const view = new Uint8Array(buffer, 8);
        const args = [1, 2, 3];
        args[place] = { valueOf() { try { shrink(buffer); } catch {} return 4000; }, toString() { try { shrink(buffer); } catch {} return '1'; } };
        try { view[method](...args); } catch {}
      }
    }
  }
  return { ok: true };
};
