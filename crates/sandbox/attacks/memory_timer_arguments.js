// Arguments of timers are kept until they run.
// expect: out-of-memory

const getCustomJwtClaims = async () => { for (let i = 0; i < 9_000; i += 1) setTimeout(() => {}, 1e6, new Array(2_000).fill(i)); return { ok: true }; };
