// `toJSON` on a prototype decides what the prelude writes about a request. The worker must not send what the server takes
// for a broken protocol.
// expect: returns {"failed":5}

const getCustomJwtClaims = async () => {
  let failed = 0;
  for (const forged of [() => 1, () => ({ url: 1 }), () => 'x', () => null, () => ({ url: 'http://a.invalid/', method: 'GET', headers: [], redirect: 'follow', proxy: 'x' })]) {
    Object.prototype.toJSON = forged;
    await fetch('http://x.invalid/').catch(() => { failed += 1; });
    delete Object.prototype.toJSON;
  }
  return { failed };
};
