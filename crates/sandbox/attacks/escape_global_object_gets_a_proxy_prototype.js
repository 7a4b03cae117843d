// Lookups of unknown names go to the prototype of the global object.
// expect: returns | runtime TypeError

Object.setPrototypeOf(Object.getPrototypeOf(globalThis) ?? {}, null);
try {
  Object.setPrototypeOf(globalThis, new Proxy({}, { has(_, key) { return key !== 'never'; }, get(_, key) { return typeof key === 'string' ? `trap ${key}` : undefined; } }));
} catch {}
const getCustomJwtClaims = async () => ({ unknown: String(someNameThatNobodyDefined) });
