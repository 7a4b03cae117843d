// Species and constructor of promises decide what `then` and `await` create.
// expect: returns | timeout | runtime | type

class Mine {
  constructor(executor) { executor(() => {}, () => {}); globalThis.made = (globalThis.made ?? 0) + 1; }
  then() { return this; }
}
const getCustomJwtClaims = async () => {
  Object.defineProperty(Promise, Symbol.species, { value: Mine });
  Promise.prototype.constructor = Mine;
  Promise.resolve(1).then(() => {});
  await Promise.resolve(2);
  return { made: globalThis.made };
};
