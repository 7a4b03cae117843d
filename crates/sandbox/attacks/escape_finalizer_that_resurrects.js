// A finalizer that registers again, throws and spins.
// expect: returns {"ok":true} | timeout | out-of-memory
// limits: wall=500ms memory=8MB

const getCustomJwtClaims = async () => {
  const registry = new FinalizationRegistry((held) => { registry.register({}, held + 1); if (held > 50) throw new Error('from a finalizer'); });
  for (let round = 0; round < 200; round += 1) {
    for (let i = 0; i < 100; i += 1) registry.register([i], i);
    await null;
  }
  return { ok: true };
};
