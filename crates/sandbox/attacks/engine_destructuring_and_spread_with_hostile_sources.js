// Patterns over sources that change while they are taken apart.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  const source = { get a() { delete this.b; this.z = 1; return 1; }, b: 2, c: 3 };
  const { a, b = 5, ...rest } = source;
  const proxy = new Proxy({}, { ownKeys: () => ['x', 'y'], getOwnPropertyDescriptor: (_, key) => (key === 'x' ? undefined : { value: 1, enumerable: true, configurable: true }), get: () => 1 });
  const { x, ...others } = proxy;
  const [p, ...q] = { *[Symbol.iterator]() { yield* [1, 2, 3]; } };
  Object.assign({}, proxy, 'text', null, [1, , 3]);
  return { ok: a === 1 && b === 5 && rest.z === 1 && rest.c === 3 && x === 1 && others.y === 1 && p === 1 && q.length === 2 };
};
