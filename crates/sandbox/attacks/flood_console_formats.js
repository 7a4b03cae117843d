// Formats that expand other formats, and objects whose text throws.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const hostile = { toString() { throw 1; }, toJSON() { throw 2; } };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  for (const args of [['%s%s%s', '%s', '%d', '%%'], ['%s', hostile], ['%d', Symbol('x')], ['%i', 10n], ['%f', {}], ['%j', revoked.proxy], [revoked.proxy], [Object.create(null)], [new Proxy(new Error('x'), { get() { throw 3; } })], ['%'.repeat(10_000), ...Array(1_000).fill(1)]]) {
    for (const name of ['log', 'table', 'dir', 'group', 'trace', 'assert', 'count', 'time']) { try { console[name](...args); } catch {} }
  }
  return { ok: true };
};
