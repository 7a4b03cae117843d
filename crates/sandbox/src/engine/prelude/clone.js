// `structuredClone`, without transfers.
const cannotClone = (what) => new DOMException(`${what} could not be cloned`, 'DataCloneError');
const errorTypes = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const cloneError = (error, remember, inner) => {
  const type = Object.hasOwn(errorTypes, error.name) ? errorTypes[error.name] : Error;
  const copy = remember(new type(error.message));
  defineProperty(copy, 'stack', { value: error.stack, writable: true, configurable: true });
  if (Object.hasOwn(error, 'cause')) defineProperty(copy, 'cause', { value: inner(error.cause), writable: true, configurable: true });
  return copy;
};
const cloneObject = (value, remember, inner) => {
  if (isArray(value)) {
    const copy = remember(new Array(value.length));
    for (const [key, item] of entriesOf(value)) copy[key] = inner(item);
    return copy;
  }
  if (value instanceof Date) return remember(new Date(value.getTime()));
  if (value instanceof RegExp) return remember(new RegExp(value.source, value.flags));
  if (value instanceof Map) {
    const copy = remember(new Map());
    for (const [key, item] of [...value]) copy.set(inner(key), inner(item));
    return copy;
  }
  if (value instanceof Set) {
    const copy = remember(new Set());
    for (const item of [...value]) copy.add(inner(item));
    return copy;
  }
  if (value instanceof ArrayBuffer) return remember(value.slice(0));
  if (ArrayBuffer.isView(value)) {
    const buffer = inner(value.buffer);
    const length = value instanceof DataView ? value.byteLength : value.length;
    return remember(new value.constructor(buffer, value.byteOffset, length));
  }
  if (value instanceof Error) return cloneError(value, remember, inner);
  for (const type of [Boolean, Number, String, BigInt]) {
    if (value instanceof type) return remember(Object(value.valueOf()));
  }
  for (const type of [Promise, WeakMap, WeakSet, WeakRef]) {
    if (value instanceof type) throw cannotClone(`#<${type.name}>`);
  }
  const copy = remember({});
  for (const [key, item] of entriesOf(value)) {
    defineProperty(copy, key, { value: inner(item), writable: true, configurable: true, enumerable: true });
  }
  return copy;
};
const structuredClone = (value) => {
  const seen = new Map();
  const inner = (value) => {
    if (typeof value === 'function') throw cannotClone(`function ${value.name}`);
    if (typeof value === 'symbol') throw cannotClone(String(value));
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    return cloneObject(value, (copy) => { seen.set(value, copy); return copy; }, inner);
  };
  return inner(value);
};
define('structuredClone', structuredClone);
