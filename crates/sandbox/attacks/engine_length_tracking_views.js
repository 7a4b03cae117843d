// Views that follow the length of their buffer, read while it changes.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const buffer = new ArrayBuffer(64, { maxByteLength: 4096 });
  const views = [new Uint8Array(buffer), new Float64Array(buffer, 8), new DataView(buffer, 16), new Uint16Array(buffer, 2, 20)];
  for (let i = 0; i < 2000; i += 1) {
    buffer.resize((i * 37) % 4096);
    for (const view of views) {
      try { void view.byteLength; void view.byteOffset; void view.length; } catch {}
      try { if (view.fill) { view.fill(i); view.reverse(); void [...view]; view.at(-1); view[i % 100] = 1; } else view.setInt32(0, i); } catch {}
    }
  }
  return { ok: true };
};
