// Every trap-like operation on every exotic object with every odd key.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const objects = [[1, 2], new Uint8Array(4), Object('text'), (function () { return arguments; })(1, 2), new Proxy([], {}), globalThis, () => {}, new Date(), /x/, JSON.rawJSON('1'), new BigInt64Array(1)];
  const keys = ['length', '0', '-0', '1.5', '4294967295', '4294967296', '1e1000', 'Infinity', 'NaN', Symbol.iterator, '', '\0', '-1', '9007199254740993'];
  for (const o of objects) for (const k of keys) for (const call of [() => Reflect.get(o, k), () => (o === globalThis ? 0 : Reflect.set(o, k, 1)), () => (o === globalThis ? 0 : Reflect.defineProperty(o, k, { value: 2, writable: false, enumerable: true, configurable: false })), () => Reflect.deleteProperty(o === globalThis ? {} : o, k), () => Reflect.getOwnPropertyDescriptor(o, k), () => Reflect.has(o, k), () => Reflect.set({}, k, 1, o === globalThis ? {} : o)]) { try { call(); } catch {} }
  for (const o of objects) { if (o !== globalThis) try { Object.freeze(o); Object.seal(o); Object.preventExtensions(o); } catch {} }
  return { ok: true };
};
