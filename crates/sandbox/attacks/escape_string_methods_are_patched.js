// The prelude calls methods of strings on its way to natives: patched ones may return anything.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const name of ['toWellFormed', 'slice', 'replace', 'toLowerCase', 'toUpperCase', 'padStart', 'charCodeAt']) {
    for (const returned of [undefined, null, 1, {}, Symbol('x'), [], 10n, 'x'.repeat(1000)]) {
      const original = String.prototype[name];
      String.prototype[name] = () => returned;
      for (const call of [
        () => new URL('https://a.example/', 'https://b.example/'), () => new URLSearchParams('a=b'), () => new Headers({ a: 'b' }),
        () => console.log('%s', 'x'), () => new TextEncoder().encode('x'), () => crypto.randomUUID(), () => new Request('https://a.example/'),
        () => new TextDecoder().decode(new Uint8Array(4)), () => new Response('x'), () => URL.canParse('x'),
        () => { const url = new URL('https://a.example/'); url.host = 'b'; url.search = 'c'; },
      ]) {
        try { call(); } catch {}
      }
      await fetch('https://a.example/').catch(() => {});
      String.prototype[name] = original;
    }
  }
  return { ok: true };
};
