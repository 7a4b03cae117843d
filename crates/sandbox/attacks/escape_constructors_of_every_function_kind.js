// The constructor of each kind of function compiles text. Every one that can be reached must refuse.
// expect: returns {"made":[]}
// twice

const getCustomJwtClaims = async ({ api }) => {
  const examples = [
    () => {}, async () => {}, function* () {}, async function* () {}, class {}, { m() {} }.m, { async m() {} }.m,
    { *m() {} }.m, { async *m() {} }.m, { get a() { return 1; } }.__lookupGetter__('a'), function () {}.bind(null),
    new Proxy(() => {}, {}), Math.max, Symbol, Promise, api.denyAccess, fetch, setTimeout, URL, Headers, Response,
    structuredClone, crypto.subtle.digest, console.log, performance.now, atob, DOMException, Iterator, Reflect.apply,
    Object.getOwnPropertyDescriptor(RegExp.prototype, 'flags').get, Object.getPrototypeOf(Uint8Array),
  ];
  const made = [];
  for (const [index, example] of examples.entries()) {
    for (let proto = example, depth = 0; proto !== null && depth < 5; proto = Object.getPrototypeOf(proto), depth += 1) {
      for (const make of [
        () => proto.constructor('return 40 + 2')(),
        () => new proto.constructor('return 40 + 2')(),
        () => Reflect.construct(proto.constructor, ['return 40 + 2'], Object)(),
        () => Reflect.apply(proto.constructor, undefined, ['return 40 + 2'])(),
      ]) {
        try { if (make() === 42) made.push(`${index}/${depth}`); } catch {}
      }
    }
  }
  return { made };
};
