// What the other fragments share. A script can change built-ins later, so these are taken before it runs.
const { parse, stringify } = JSON;
const { freeze, defineProperty, defineProperties, getPrototypeOf, entries: entriesOf } = Object;
const { isArray } = Array;
const Bytes = Uint8Array;

const define = (name, value) =>
  defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });

/** WebIDL's USVString: text without lone surrogates. */
const usv = (value) => `${value}`.toWellFormed();

/** WebIDL's BufferSource as bytes, without a copy. */
const bytesOf = (data) => {
  if (data instanceof Bytes) return data;
  if (data instanceof ArrayBuffer) return new Bytes(data);
  if (ArrayBuffer.isView(data)) return new Bytes(data.buffer, data.byteOffset, data.byteLength);
  throw new TypeError('expected an ArrayBuffer or a view of one');
};

/** Gives a class the iteration methods of WebIDL's `iterable<>`; `list` makes an array of pairs. */
const makeIterable = (type, list) => {
  const methods = {
    *entries() { yield* list(this); },
    *keys() { for (const [key] of list(this)) yield key; },
    *values() { for (const [, value] of list(this)) yield value; },
    forEach(callback, self) { for (const [key, value] of list(this)) callback.call(self, value, key, this); },
  };
  for (const [name, value] of entriesOf(methods)) {
    defineProperty(type.prototype, name, { value, writable: true, configurable: true, enumerable: true });
  }
  defineProperty(type.prototype, Symbol.iterator, { value: methods.entries, writable: true, configurable: true });
};

/** Names a class for `Object.prototype.toString`. */
const tag = (type) => {
  defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
  return type;
};
const expose = (...types) => { for (const type of types) define(type.name, tag(type)); };
