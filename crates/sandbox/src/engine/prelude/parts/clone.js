// What `structuredClone` does (HTML §2.7). What is transferred is copied, and then taken away from the original.
const { Bytes, dictionary, defineProperty, getOwnPropertyDescriptor, hasOwn, isArray, platform, copyKey, CryptoKey, console } = base;
const cannotClone = (what) => new DOMException(`${what} could not be cloned`, 'DataCloneError');
const errorTypes = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const plainProperty = (value) => ({ value, writable: true, configurable: true });
const cloneMembers = (value, copy, inner) => {
  for (const key of Object.keys(value)) {
    // A getter may have removed what comes after it.
    if (hasOwn(value, key)) defineProperty(copy, key, { ...plainProperty(inner(value[key])), enumerable: true });
  }
  return copy;
};
const cloneError = (error, remember, inner) => {
  const { name } = error;
  const type = hasOwn(errorTypes, name) ? errorTypes[name] : Error;
  const message = getOwnPropertyDescriptor(error, 'message');
  const copy = remember(message !== undefined && 'value' in message ? new type(message.value) : new type());
  defineProperty(copy, 'stack', plainProperty(error.stack));
  if (hasOwn(error, 'cause')) defineProperty(copy, 'cause', plainProperty(inner(error.cause)));
  return copy;
};
const cloners = {
  Date: (value, remember) => remember(new Date(Date.prototype.getTime.call(value))),
  RegExp: (value, remember) => remember(new RegExp(Reflect.get(RegExp.prototype, 'source', value), value.flags)),
  Map(value, remember, inner) {
    const copy = remember(new Map());
    for (const [key, item] of [...Map.prototype.entries.call(value)]) copy.set(inner(key), inner(item));
    return copy;
  },
  Set(value, remember, inner) {
    const copy = remember(new Set());
    for (const item of [...Set.prototype.values.call(value)]) copy.add(inner(item));
    return copy;
  },
  ArrayBuffer(value, remember) {
    if (value.detached) throw cannotClone('A detached ArrayBuffer');
    if (!value.resizable) return remember(value.slice(0));
    const copy = remember(new ArrayBuffer(value.byteLength, { maxByteLength: value.maxByteLength }));
    new Bytes(copy).set(new Bytes(value));
    return copy;
  },
  TypedArray(value, remember, inner) {
    inBounds(() => Bytes.prototype.at.call(value, 0));
    const buffer = inner(value.buffer);
    const type = globalThis[value[Symbol.toStringTag]];
    return remember(tracksLength(value) ? new type(buffer, value.byteOffset) : new type(buffer, value.byteOffset, value.length));
  },
  DataView(value, remember, inner) {
    inBounds(() => value.byteLength);
    const buffer = inner(value.buffer);
    return remember(tracksLength(value) ? new DataView(buffer, value.byteOffset) : new DataView(buffer, value.byteOffset, value.byteLength));
  },
  Error: cloneError,
};
/** A view whose buffer has shrunk below it throws at most accesses. */
const inBounds = (access) => { try { access(); } catch { throw cannotClone('A view that is out of bounds'); } };
/** Whether a view grows with its buffer. There is no other way to find out than to try. */
const tracksLength = (view) => {
  const { buffer, byteLength } = view;
  const size = buffer.byteLength;
  if (!buffer.resizable || size + 8 > buffer.maxByteLength) return false;
  buffer.resize(size + 8);
  const grew = view.byteLength !== byteLength;
  buffer.resize(size);
  return grew;
};
const cloneObject = (value, remember, inner) => {
  for (const type of [Boolean, Number, String, BigInt]) {
    if (value instanceof type) return remember(Object(type.prototype.valueOf.call(value)));
  }
  if (value instanceof Symbol) throw cannotClone('Object(Symbol())');
  const type = op.classOf(value);
  if (type !== undefined) {
    if (!hasOwn(cloners, type)) throw cannotClone(`#<${type}>`);
    return cloners[type](value, remember, inner);
  }
  if (value instanceof CryptoKey) return remember(copyKey(value));
  if (value instanceof DOMException) {
    const copy = remember(new DOMException(value.message, value.name));
    defineProperty(copy, 'stack', plainProperty(value.stack));
    return copy;
  }
  if (value === globalThis || value === console || platform.some((type) => value instanceof type)) {
    throw cannotClone(Object.prototype.toString.call(value));
  }
  if (isArray(value)) return cloneMembers(value, remember(new Array(value.length)), inner);
  return cloneMembers(value, remember({}), inner);
};
return (value, options) => {
  const { transfer } = dictionary(options);
  const transferred = transfer === undefined ? [] : [...transfer];
  transferred.forEach((buffer, index) => {
    if (op.classOf(buffer) !== 'ArrayBuffer' || buffer.detached) throw cannotClone('What is transferred must be an ArrayBuffer, and');
    if (transferred.indexOf(buffer) !== index) throw cannotClone('An ArrayBuffer that is transferred twice');
  });
  const seen = new Map();
  const inner = (value) => {
    if (typeof value === 'function') throw cannotClone(`function ${value.name}`);
    if (typeof value === 'symbol') throw cannotClone(String(value));
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    return cloneObject(value, (copy) => { seen.set(value, copy); return copy; }, inner);
  };
  const copy = inner(value);
  for (const buffer of transferred) buffer.transfer();
  return copy;
};
