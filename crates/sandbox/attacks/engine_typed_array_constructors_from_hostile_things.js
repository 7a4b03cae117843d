// Typed arrays from iterables and array-likes that detach, shrink and lie while they are read.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const type of [Uint8Array, Uint8ClampedArray, Float32Array, Float64Array, BigUint64Array]) {
    const buffer = new ArrayBuffer(64, { maxByteLength: 1024 });
    const source = new type(buffer);
    const iterable = { *[Symbol.iterator]() { yield 1; try { buffer.resize(0); } catch {} yield 2; } };
    const lies = { length: 1000, get 0() { try { buffer.resize(1024); } catch {} return 1; }, get 1() { this.length = 50_000; return 2; } };
    for (const make of [() => new type(iterable), () => new type(lies), () => type.from(lies, () => { buffer.resize(8); return 1; }), () => type.of({ valueOf() { buffer.resize(0); return 1; } }), () => new type(source), () => new type(buffer, { valueOf() { buffer.resize(0); return 8; } }), () => source.set(lies), () => source.set(source, { valueOf() { buffer.resize(0); return 0; } })]) {
      try { make(); } catch {}
    }
  }
  return { ok: true };
};
