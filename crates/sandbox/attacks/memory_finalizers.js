// Registered finalizers whose objects stay alive.
// expect: out-of-memory

const getCustomJwtClaims = async () => { const r = new FinalizationRegistry(() => {}); const keep = []; for (let i = 0; ; i += 1) { const o = { i }; keep.push(o); r.register(o, new Array(20).fill(i), o); } };
