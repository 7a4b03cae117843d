// The prelude throws and tests error types by the names that a script can give to something else.
// expect: returns | type | runtime

const getCustomJwtClaims = async () => {
  globalThis.TypeError = class { constructor() { return 'not an error'; } };
  globalThis.Error = { [Symbol.hasInstance]: () => { throw new RangeError('asked'); } };
  globalThis.RangeError = undefined;
  try { new URL('nonsense'); } catch {}
  const cycle = {};
  cycle.cycle = cycle;
  return cycle;
};
