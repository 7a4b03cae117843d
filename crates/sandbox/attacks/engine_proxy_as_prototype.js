// Proxies in the prototype chains of arrays, functions, typed arrays and errors.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const handler = new Proxy({}, { get(_, trap) { return (...args) => Reflect[trap](...args); } });
  for (const make of [() => [1, 2, , 4], () => () => {}, () => new Uint8Array(8), () => new Error('x'), () => new Map(), () => Object(1), () => new Date()]) {
    const object = make();
    Object.setPrototypeOf(object, new Proxy(Object.getPrototypeOf(object), handler));
    for (const use of [() => JSON.stringify(object), () => object[5], () => { object[7] = 1; }, () => Object.keys(object), () => [].concat(object), () => structuredClone(object), () => String(object), () => delete object.x, () => object instanceof Error, () => { for (const key in object) void key; }]) { try { use(); } catch {} }
  }
  return { ok: true };
};
