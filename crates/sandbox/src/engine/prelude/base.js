// What the other fragments share. A script can change built-ins later, so these are taken before it runs.
const { parse, stringify } = JSON;
const { freeze, defineProperty, defineProperties, getPrototypeOf, setPrototypeOf, entries: entriesOf, hasOwn } = Object;
const { ownKeys, getOwnPropertyDescriptor } = Reflect;
const { isArray } = Array;
const Bytes = Uint8Array;

const define = (name, value, enumerable = false) =>
  defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable });
define('self', globalThis, true);

/** The first argument of constructors that scripts may not call. */
const internal = Symbol('internal');
const illegal = (given) => { if (given !== internal) throw new TypeError('Illegal constructor'); };
/** WebIDL: an operation with fewer arguments than it requires throws. */
const need = ({ length }, count) => {
  if (length < count) throw new TypeError(`${count} argument${count > 1 ? 's' : ''} required, but only ${length} present`);
};
const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
const nothing = freeze({ __proto__: null });
/** WebIDL's dictionary: an object, or nothing at all. */
const dictionary = (value) => {
  if (value === undefined || value === null) return nothing;
  if (!isObject(value)) throw new TypeError('expected an object');
  return value;
};
/** WebIDL's `[EnforceRange]`. */
const within = (value, max) => {
  const number = Math.trunc(Number(value));
  if (!(number >= 0 && number <= max)) throw new TypeError('the number is out of range');
  return number + 0;
};
/** WebIDL's USVString: text without lone surrogates. */
const usv = (value) => `${value}`.toWellFormed();
const byteString = (value) => {
  const text = `${value}`;
  if (/[^\0-\xff]/.test(text)) throw new TypeError('the text has characters above 255');
  return text;
};

/** WebIDL's BufferSource as bytes, without a copy. */
const bytesOf = (data) => {
  if (data instanceof Bytes) return data;
  if (data instanceof ArrayBuffer) return new Bytes(data);
  if (ArrayBuffer.isView(data)) return new Bytes(data.buffer, data.byteOffset, data.byteLength);
  throw new TypeError('expected an ArrayBuffer or a view of one');
};

/** WebIDL's `sequence<sequence<T>>` of pairs or `record<T, T>`, as an array of pairs. */
const pairsFrom = (init, text) => {
  if (!isObject(init)) throw new TypeError('expected an object or a list of pairs');
  const iterate = init[Symbol.iterator];
  if (iterate !== undefined && iterate !== null) {
    return [...{ [Symbol.iterator]: () => iterate.call(init) }].map((pair) => {
      if (!isObject(pair)) throw new TypeError('each pair must be a list');
      const [name, value, ...more] = [...pair].map(text);
      if (value === undefined || more.length > 0) throw new TypeError('each pair must be a name and a value');
      return [name, value];
    });
  }
  const record = new Map();
  for (const key of ownKeys(init)) {
    if (getOwnPropertyDescriptor(init, key)?.enumerable) record.set(text(key), text(init[key]));
  }
  return [...record];
};

/** Gives a class the members of WebIDL's `iterable<>`. `list` makes an array of pairs, anew for each step. */
const makeIterable = (type, list) => {
  let begin;
  class Iterator {
    #owner; #pick; #at = 0;
    static { begin = (owner, pick) => { list(owner); const made = new Iterator(); made.#owner = owner; made.#pick = pick; return made; }; }
    next() {
      const pair = list(this.#owner)[this.#at];
      if (pair === undefined) return { value: undefined, done: true };
      this.#at += 1;
      return { value: this.#pick(pair), done: false };
    }
  }
  const { prototype } = Iterator;
  delete prototype.constructor;
  setPrototypeOf(prototype, getPrototypeOf(getPrototypeOf([][Symbol.iterator]())));
  defineProperties(prototype, { next: { enumerable: true }, [Symbol.toStringTag]: { value: `${type.name} Iterator`, configurable: true } });
  const methods = {
    entries() { return begin(this, ([key, value]) => [key, value]); },
    keys() { return begin(this, ([key]) => key); },
    values() { return begin(this, ([, value]) => value); },
    forEach(callback, self = undefined) {
      list(this);
      need(arguments, 1);
      if (typeof callback !== 'function') throw new TypeError('the callback must be a function');
      for (let at = 0, pair; (pair = list(this)[at]) !== undefined; at += 1) callback.call(self, pair[1], pair[0], this);
    },
  };
  for (const [name, value] of entriesOf(methods)) defineProperty(type.prototype, name, { value, writable: true, configurable: true });
  defineProperty(type.prototype, Symbol.iterator, { value: methods.entries, writable: true, configurable: true });
};

const platform = [];
/** Makes classes interfaces of WebIDL: their members are enumerable, and they have a tag and a global name. */
const expose = (...types) => {
  for (const type of types) {
    for (const holder of [type, type.prototype]) {
      for (const key of ownKeys(holder)) {
        if (typeof key === 'string' && !['constructor', 'prototype', 'name', 'length'].includes(key)) defineProperty(holder, key, { enumerable: true });
      }
    }
    defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
    define(type.name, type);
    platform.push(type);
  }
};
