// Language tags, options, and what all services have in common (ECMA-402 §9).
const { define, entriesOf, freeze, isArray, parse, stringify } = base;
const { create, getOwnPropertyDescriptors, is } = Object;
const defaultTag = 'en-US';

/** CanonicalizeLocaleList */
const canonicalTags = (tags) => {
  if (tags === undefined) return [];
  if (tags === null) throw new TypeError('the language tags are null');
  const list = typeof tags === 'string' ? [tags] : Object(tags);
  const canonical = new Set();
  const length = Math.min(Math.max(Math.trunc(Number(list.length)) || 0, 0), Number.MAX_SAFE_INTEGER);
  for (let index = 0; index < length; index += 1) {
    if (!(index in list)) continue;
    const tag = list[index];
    if (typeof tag !== 'string' && Object(tag) !== tag) throw new TypeError('a language tag must be a string');
    const found = op.canonicalTag(`${tag}`);
    if (found === undefined) throw new RangeError('Incorrect locale information provided');
    canonical.add(found);
  }
  return [...canonical];
};
/** The first tag whose language is supported, with its keywords. */
const pickTag = (tags) => tags.find((tag) => op.supportedTag(tag) !== undefined) ?? defaultTag;

const optionsOf = (options) => {
  if (options === undefined) return create(null);
  if (options === null) throw new TypeError('the options are null');
  return Object(options);
};
const outOfRange = (name) => new RangeError(`the option ${name} is out of range`);
/** GetOption for strings. */
const readText = (options, name, allowed, fallback) => {
  const value = options[name];
  if (value === undefined) return fallback;
  const text = `${value}`;
  if (!allowed.includes(text)) throw outOfRange(name);
  return text;
};
const readBoolean = (options, name) => {
  const value = options[name];
  return value === undefined ? undefined : Boolean(value);
};
/** DefaultNumberOption */
const checkNumber = (name, value, least, most, fallback) => {
  if (value === undefined) return fallback;
  const number = +value;
  if (!(number >= least && number <= most)) throw outOfRange(name);
  return Math.floor(number);
};
const readNumber = (options, name, least, most, fallback) => checkNumber(name, options[name], least, most, fallback);
/** The value of a keyword of language tags: one or more parts of three to eight characters. */
const readKeyword = (options, name) => {
  const value = options[name];
  if (value === undefined) return undefined;
  const text = `${value}`;
  if (text.length > 64 || !/^[a-z0-9]{3,8}(?:-[a-z0-9]{3,8})*$/i.test(text)) throw outOfRange(name);
  return text;
};
const readMatcher = (options) => readText(options, 'localeMatcher', ['lookup', 'best fit'], 'best fit');
const notAvailable = (what) => new RangeError(`${what} is not available in scripts`);

const pairsToParts = (flat) => {
  const parts = [];
  for (let index = 0; index < flat.length; index += 2) parts.push({ type: flat[index], value: flat[index + 1] });
  return parts;
};
/** An object with the members that are not undefined. */
const present = (members) => {
  const object = {};
  for (const [name, value] of entriesOf(members)) if (value !== undefined) object[name] = value;
  return object;
};
const hidden = (target, source) => {
  for (const [name, descriptor] of entriesOf(getOwnPropertyDescriptors(source))) define(target, name, { ...descriptor, enumerable: false });
};

const Intl = {};
define(Intl, Symbol.toStringTag, { value: 'Intl', configurable: true });
hidden(Intl, {
  getCanonicalLocales(locales) { return canonicalTags(locales); },
  supportedValuesOf(key) {
    const kind = `${key}`;
    if (!['calendar', 'collation', 'currency', 'numberingSystem', 'timeZone', 'unit'].includes(kind)) throw outOfRange('key');
    const names = op.intlNames(kind);
    if (names === undefined) throw notAvailable(`the list of values of ${kind}`);
    return names.sort();
  },
});
/**
 * Adds a constructor. `open` makes the state of an object from tags and options; `members` makes the prototype's methods
 * from a function that gets the state of `this`.
 */
const addService = (name, isCallable, open, members) => {
  const states = new WeakMap();
  const { [name]: type } = {
    [name]: function (locales = undefined, options = undefined) {
      if (new.target === undefined && !isCallable) throw new TypeError(`Intl.${name} is a constructor`);
      const prototype = new.target?.prototype;
      const object = create(Object(prototype) === prototype ? prototype : type.prototype);
      states.set(object, open(locales, options));
      return object;
    },
  };
  define(type, 'prototype', { writable: false });
  hidden(type.prototype, members((object) => {
    const state = states.get(object);
    if (state === undefined) throw new TypeError(`this is no Intl.${name}`);
    return state;
  }));
  define(type.prototype, Symbol.toStringTag, { value: `Intl.${name}`, configurable: true });
  hidden(type, {
    supportedLocalesOf(locales, options = undefined) {
      const tags = canonicalTags(locales);
      if (options !== undefined) readMatcher(optionsOf(options));
      return tags.filter((tag) => op.supportedTag(tag) !== undefined);
    },
  });
  define(type.supportedLocalesOf, 'length', { value: 1 });
  define(Intl, name, { value: type, writable: true, configurable: true });
};
