// The contract with the host: the `api` object, what a result may be, how an error is told; and what is taken away.
const api = freeze({
  denyAccess: freeze((message) => {
    let text = 'Access denied';
    // A message that cannot be read does not undo the denial.
    try { if (message !== undefined) text = usv(message); } finally { op.deny(text); }
  }),
});

// The host turns these into texts; a third says that the result is too large.
const invalidInput = 1;
const notSerializable = 2;
const resolved = Promise.resolve.bind(Promise);
const { beginCheck, check, refused } = op;

/** The JSON of a result, the number of what is wrong with it, or a promise when it is one in disguise. */
const finish = (value, limit) => {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return notSerializable;
  if (typeof value !== 'object' || value === null || isArray(value)) return invalidInput;
  if (typeof value.then === 'function') return resolved(value);
  beginCheck(limit);
  let json;
  try { json = stringify(value, check); } catch (error) {
    const code = refused();
    if (code !== 0) return code;
    if (error instanceof TypeError && error.message === 'circular reference') return notSerializable;
    throw error;
  }
  return json?.[0] === '{' ? json : invalidInput;
};

/** What is missing on purpose; `typeof` says so, and who uses it all the same is told. */
const absent = /^'?(require|WebAssembly|process|SharedArrayBuffer|Atomics)'? is not defined$/;
/** Name, message and stack of what was thrown, whatever it is. */
const describe = (error) => {
  try {
    if (!(error instanceof Error)) return ['Error', show(error).slice(0, 8192).toWellFormed(), undefined];
    const { name, message, stack } = error;
    const text = `${message}`.slice(0, 8192).toWellFormed().replace(absent, '$1 is not available in scripts');
    return [`${name}`.slice(0, 100).toWellFormed(), text,
      typeof stack === 'string' ? stack.slice(0, 8192).toWellFormed() : undefined];
  } catch { return ['Error', 'The script threw a value that cannot be described.', undefined]; }
};

// --- what scripts cannot have ----------------------------------------------------------------------------------------
const refuse = (what) => {
  const refused = function () { throw new EvalError(`${what} is not available in scripts`); };
  return defineProperty(refused, 'name', { value: what });
};
const makers = { Function() {}, async AsyncFunction() {}, *GeneratorFunction() {}, async *AsyncGeneratorFunction() {} };
for (const [name, example] of entriesOf(makers)) {
  const prototype = getPrototypeOf(example);
  const maker = refuse(name);
  defineProperties(maker, { prototype: { value: prototype, writable: false }, name: { value: name } });
  defineProperty(prototype, 'constructor', { value: maker, writable: true, configurable: true });
}
define('Function', Object.constructor);
define('eval', refuse('eval'));
delete Error.prepareStackTrace;
for (const name of ['SharedArrayBuffer', 'Atomics', 'WebAssembly', 'gc', 'navigator', 'scriptArgs', 'print', 'load']) delete globalThis[name];
