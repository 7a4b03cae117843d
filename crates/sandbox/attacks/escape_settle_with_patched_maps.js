// The answer to a request is found in a map whose methods the script has replaced.
// expect: returns {"ok":true} | timeout | type

const getCustomJwtClaims = async () => {
  const pending = fetch('http://x.invalid/').catch(() => {});
  Map.prototype.get = () => ({ get resolve() { throw new Error('mine'); }, reject() { throw new Error('mine'); } });
  Map.prototype.delete = () => true;
  await Promise.race([pending, new Promise((resolve) => { queueMicrotask(resolve); })]);
  await fetch('http://y.invalid/').catch(() => {});
  return { ok: true };
};
