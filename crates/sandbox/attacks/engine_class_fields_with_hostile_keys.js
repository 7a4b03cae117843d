// Computed names of fields and methods that run code, throw, or collide.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const keys = ['constructor', 'prototype', '__proto__', Symbol.species, { toString() { return 'length'; } }, 'name', -0, 1e21];
  for (const key of keys) {
    for (const make of [() => class { static [key] = 1; }, () => class { [key] = this; }, () => class { static [key]() {} }, () => class { get [key]() { return this[key]; } }, () => ({ __proto__: null, [key]: 1, ['__proto__']: 2 })]) { try { new (make())(); } catch {} }
  }
  return { ok: true };
};
