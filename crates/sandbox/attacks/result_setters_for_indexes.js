// Setters for indexes on prototypes catch what is put into lists that were not filled at once.
// expect: returns {"a":[1,2]} | runtime Error: caught

const getCustomJwtClaims = async () => {
  for (const index of [0, 1, 2, 3]) Object.defineProperty(Array.prototype, index, { set() { throw new Error('caught'); }, get() { return '{"forged":true}'; }, configurable: true });
  return { a: [1, 2] };
};
