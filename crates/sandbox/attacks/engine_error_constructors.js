// Errors with hostile options, causes, messages and new targets.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const type of [Error, AggregateError, RangeError, DOMException, SuppressedErrorOrError()]) {
    for (const args of [[{ toString() { throw 1; } }], [undefined, { get cause() { throw 2; } }], [[1], 'm', new Proxy({}, { has() { throw 3; } })], [Symbol('s')], [{ [Symbol.iterator]: 5 }]]) { try { new type(...args); } catch {} try { Reflect.construct(type, args, new Proxy(Array, { get(t, k) { if (k === 'prototype') throw 4; return t[k]; } })); } catch {} }
  }
  return { ok: true };
};
function SuppressedErrorOrError() { return typeof SuppressedError === 'function' ? SuppressedError : Error; }
