// A member on every prototype of the realm: gone in the next run.
// expect: returns {"before":0}
// twice

const getCustomJwtClaims = async () => {
  let before = 0;
  for (const key of Object.getOwnPropertyNames(globalThis)) { const type = globalThis[key]; if (typeof type === 'function' && type.prototype) { if (Object.hasOwn(type.prototype, 'polluted')) before += 1; try { type.prototype.polluted = () => 1; } catch {} } }
  return { before };
};
