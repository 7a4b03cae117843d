// A script that deletes everything it can reach.
// expect: returns {"left":true} | type | runtime | timeout
// twice

const getCustomJwtClaims = async () => {
  const { ownKeys, deleteProperty, getPrototypeOf } = Reflect;
  const all = [globalThis, Object.prototype, Array.prototype, Function.prototype, Promise.prototype, String.prototype, Map.prototype, Error.prototype, JSON, Math];
  for (let i = 0; i < all.length; i += 1) {
    const keys = ownKeys(all[i]);
    for (let k = 0; k < keys.length; k += 1) deleteProperty(all[i], keys[k]);
  }
  return { left: true };
};
