// Objects whose text changes between the checks and the use.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  let turn = 0;
  const shifty = { toString() { turn += 1; return turn % 2 ? 'https://a.example/' : 'file:///etc/passwd'; } };
  for (let i = 0; i < 10; i += 1) {
    for (const call of [() => new URL(shifty), () => new URL('/x', shifty), () => new Request(shifty), () => URL.parse(shifty), () => new Headers({ [shifty]: shifty }), () => new URLSearchParams({ a: shifty })]) {
      try { call(); } catch {}
    }
    try { await fetch(shifty, { method: shifty, redirect: shifty, body: shifty }); } catch {}
  }
  return { ok: true };
};
