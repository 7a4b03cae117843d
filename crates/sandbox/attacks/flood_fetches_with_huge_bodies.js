// Bodies above the limit, and as many below it as there may be.
// expect: returns {"ok":true} | out-of-memory
// limits: memory=128MB

const getCustomJwtClaims = async () => {
  const body = new Uint8Array(1 << 20);
  await Promise.allSettled(Array.from({ length: 64 }, () => fetch('http://x.invalid/', { method: 'POST', body })));
  await Promise.allSettled([fetch('http://x.invalid/', { method: 'POST', body: new Uint8Array((1 << 20) + 1) })]);
  return { ok: true };
};
