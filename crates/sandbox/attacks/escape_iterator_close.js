// `return` of an iterator runs when the prelude stops reading; it may throw, loop or return nonsense.
// `new Headers` has to read the endless list to its end, as the standard says; so the run ends at its limits.
// expect: out-of-memory | timeout

const getCustomJwtClaims = async () => {
  for (const close of [() => { throw new Error('close'); }, () => 5, () => ({ done: false }), undefined, null]) {
    const iterable = { [Symbol.iterator]: () => ({ next: () => ({ value: [1, 2, 3], done: false }), return: close }) };
    for (const call of [() => new Headers(iterable), () => { const [a, b] = iterable; return [a, b]; }, () => new WeakSet(['x', iterable]), () => Math.sumPrecise(iterable), () => new Map({ [Symbol.iterator]: () => ({ next: () => ({ value: 5, done: false }), return: close }) })]) {
      try { call(); } catch {}
    }
  }
  return { ok: true };
};
