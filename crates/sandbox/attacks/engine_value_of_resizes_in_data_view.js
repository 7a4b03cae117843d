// A data view whose buffer shrinks while offset or value are converted.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const kinds = ['Int8', 'Uint16', 'Int32', 'Float16', 'Float32', 'Float64', 'BigInt64', 'BigUint64'];
  for (const kind of kinds) {
    for (const shrink of [(b) => b.resize(0), (b) => b.transfer(), (b) => b.resize(9)]) {
      const buffer = () => new ArrayBuffer(64, { maxByteLength: 128 });
      let target = buffer();
      let view = new DataView(target, 8);
      const offset = { valueOf() { try { shrink(target); } catch {} return 40; } };
      try { view[`get${kind}`](offset); } catch {}
      target = buffer();
      view = new DataView(target);
      const value = { valueOf() { try { shrink(target); } catch {} return kind.startsWith('Big') ? 1n : 1; } };
      try { view[`set${kind}`](56, value); } catch {}
      try { view.getInt8(0); } catch {}
    }
  }
  return { ok: true };
};
