// What few scripts use is not in the realm of each: a part is read when a run first needs it.
const parts = { __proto__: null };
const part = (number) => (parts[number] ??= op.part(number)(op, {
  need, isObject, dictionary, within, bytesOf, Bytes, parse, stringify, isArray, entriesOf, hasOwn, defineProperty, getOwnPropertyDescriptor,
  platform, keyState, newKey, copyKey, usv, byteString, anySignal, serialized, paramsList, token, forbiddenMethod, guarded, fillHeaders, copyHeaders,
  unread, requestState, URL, URLSearchParams, Headers, Request, CryptoKey, console,
}));
const subtlePart = () => part(0);
const fetchPart = () => part(3);
const structuredClone = (value, options) => part(1)(value, options);
const show = (value) => part(2).show(value);
const write = (level, args) => part(2).write(level, args);

define('structuredClone', { structuredClone(value, options = undefined) { need(arguments, 1); return structuredClone(value, options); } }.structuredClone, true);
const console = setPrototypeOf({}, {});
for (const name of ['assert', 'clear', 'count', 'countReset', 'debug', 'dir', 'dirxml', 'error', 'group', 'groupCollapsed', 'groupEnd', 'info', 'log', 'table', 'time', 'timeEnd', 'timeLog', 'trace', 'warn']) {
  console[name] = { [name](...args) { part(2)[name](...args); } }[name];
}
defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });
define('console', console);
