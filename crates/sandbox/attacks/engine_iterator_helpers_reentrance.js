// Helpers whose callbacks call the helper.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const method of ['map', 'filter', 'flatMap']) {
    let helper;
    helper = [1, 2, 3].values()[method](() => { try { helper.next(); } catch {} try { helper.return(); } catch {} return [1]; });
    try { for (let i = 0; i < 10; i += 1) helper.next(); } catch {}
  }
  let inner;
  try { inner = Iterator.concat([1], { [Symbol.iterator]: () => ({ next: () => inner.next() }) }); [...inner]; } catch {}
  return { ok: true };
};
