// Everything that is callable and reachable, called with arguments and receivers of every wrong type.
// expect: returns {"ok":true} | denied
// limits: memory=64MB

const getCustomJwtClaims = async () => {
  const values = [undefined, null, true, -1, 2 ** 31, 2 ** 53, NaN, 'x', '\ud800', 10n, Symbol('s'), [], {}, () => {}, new Proxy({}, {}), new Uint8Array(3), new ArrayBuffer(2), Object.create(null)];
  const skip = new Set(['queueMicrotask', 'setTimeout', 'setInterval', 'denyAccess', 'deny']);
  const seen = new Set([globalThis, Error.prototype, Object.prototype]);
  const functions = [];
  const walk = (object, depth) => {
    if ((typeof object !== 'object' && typeof object !== 'function') || object === null || seen.has(object) || depth > 5) return;
    seen.add(object);
    if (typeof object === 'function' && !skip.has(object.name)) functions.push(object);
    for (const { value, get, set } of Object.values(Object.getOwnPropertyDescriptors(object))) for (const part of [value, get, set]) walk(part, depth + 1);
  };
  for (const key of ['URL', 'URLSearchParams', 'Headers', 'Request', 'Response', 'TextDecoder', 'TextEncoder', 'AbortController', 'AbortSignal', 'Event', 'EventTarget', 'CryptoKey', 'crypto', 'console', 'performance', 'structuredClone', 'fetch', 'atob', 'btoa', 'DOMException', 'clearTimeout']) walk(globalThis[key], 0);
  for (const f of functions) {
    for (const [i, a] of values.entries()) {
      const b = values[(i * 7 + 3) % values.length];
      for (const call of [() => f(a, b), () => f.call(a, b, a), () => new f(a, b), () => f.call(b)]) {
        try { const result = call(); if (result instanceof Promise) result.catch(() => {}); } catch {}
      }
    }
  }
  return { ok: functions.length > 100 };
};
