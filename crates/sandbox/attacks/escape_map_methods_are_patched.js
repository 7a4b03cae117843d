// Timers and requests in flight are kept in maps of the prelude; patched methods see them, and must not gain a native.
// expect: returns {"seen":["object"]} | returns {"seen":[]} | timeout | type

const getCustomJwtClaims = async () => {
  const seen = new Set();
  const { set } = Map.prototype;
  Map.prototype.set = function (key, value) { seen.add(typeof value); return set.call(this, key, value); };
  const { values } = Map.prototype;
  Map.prototype.values = function () { for (const value of values.call(this)) for (const part of Object.values(value)) if (typeof part === 'function' && part.name === 'now') seen.add('native'); return values.call(this); };
  await new Promise((resolve) => { setTimeout(resolve, 1); });
  return { seen: [...seen] };
};
