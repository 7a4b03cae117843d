// `Intl` and the methods that hang on it are loaded when a script first asks for them (`intl/`): runs without them, which
// are most, would copy them in vain.
let loaded;
const loadIntl = () => loaded ??= op.part(4)(op, { define: defineProperty, entriesOf, freeze, isArray, parse, stringify });
defineProperty(globalThis, 'Intl', {
  get() { define('Intl', loadIntl().Intl); return loaded.Intl; },
  set(value) { define('Intl', value); },
  configurable: true, enumerable: false,
});
const { apply } = Reflect;
const typed = getPrototypeOf(Bytes);
for (const [type, names] of [
  [Number, { toLocaleString: 0 }], [BigInt, { toLocaleString: 0 }], [Array, { toLocaleString: 0 }], [typed, { toLocaleString: 0 }],
  [Date, { toLocaleString: 0, toLocaleDateString: 0, toLocaleTimeString: 0 }],
  [String, { localeCompare: 1, toLocaleLowerCase: 0, toLocaleUpperCase: 0 }],
]) {
  const group = type.name;
  for (const [name, length] of entriesOf(names)) {
    const { [name]: method } = { [name](...args) { return apply(loadIntl().methods[group][name], this, args); } };
    defineProperty(method, 'length', { value: length });
    defineProperty(type.prototype, name, { value: method });
  }
}
