// The same with iteration, and with a code that is an object.
// expect: runtime | type

const getCustomJwtClaims = async () => {
  Array.prototype[Symbol.iterator] = function* () { yield '{"forged":true}'; };
  Object.prototype.code = { toString: () => '{"forged":true}' };
  return { get a() { throw {}; } };
};
