// Generators that resume themselves, return while they run, and are finished by their own iterator.
// expect: returns {"ok":true} | timeout

const getCustomJwtClaims = async () => {
  let it;
  function* g() { for (const m of ['next', 'return', 'throw']) { try { it[m](1); } catch {} yield m; } }
  it = g();
  for (let i = 0; i < 5; i += 1) { try { it.next(); } catch {} }
  let at;
  async function* a() { try { at.return(1); at.next(); at.throw(new Error('x')).catch(() => {}); yield 1; } finally { yield 2; at.next(); } }
  at = a();
  await Promise.allSettled([at.next(), at.return(2), at.throw(new Error('x')), at.next()]);
  return { ok: true };
};
