// Weak references and finalizers: objects of the run must not be seen by the next, nor finalizers run in it.
// expect: returns {"n":1}
// twice

const registry = new FinalizationRegistry((held) => { globalThis.finalized = held; });
const getCustomJwtClaims = async () => {
  for (let i = 0; i < 2000; i += 1) registry.register({ i, weight: new Array(50) }, i);
  globalThis.kept = new WeakRef({});
  await new Promise((resolve) => { setTimeout(resolve, 1); });
  globalThis.n = (globalThis.n ?? 0) + 1;
  return { n: globalThis.n };
};
