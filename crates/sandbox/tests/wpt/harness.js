// A small test harness with the interface that web-platform-tests expect (web-platform-tests.org, "testharness.js API").
// It runs in front of a test file, inside the sandbox; `main` returns the name, the outcome and the message of each test.
'use strict';

const wpt = { tests: [], queue: Promise.resolve(), pending: new Set(), explicitDone: undefined };

class AssertionError extends Error {}
class NotImplemented extends Error {}
class Test {
  constructor(name) {
    this.name = name ?? `${wpt.path} ${wpt.tests.length}`;
    this.message = null;
    this.failed = false;
    this.ended = false;
    this.cleanups = [];
    this.finished = new Promise((resolve) => { this.finish = resolve; });
    wpt.tests.push(this);
  }

  fail(error) {
    if (!this.failed) this.message = String(error?.message ?? error);
    this.failed = true;
  }

  step(body, self, ...args) {
    try {
      return body.apply(self ?? this, args);
    } catch (error) {
      this.fail(error);
      this.done();
      return undefined;
    }
  }

  step_func(body, self) { return (...args) => this.step(body, self, ...args); }

  step_func_done(body, self) {
    return (...args) => {
      if (body) this.step(body, self, ...args);
      this.done();
    };
  }

  step_timeout(body, delay, ...args) { return setTimeout(this.step_func(body), delay, ...args); }

  unreached_func(message) { return this.step_func(() => assert_unreached(message)); }

  add_cleanup(cleanup) { this.cleanups.push(cleanup); }

  done() {
    for (const cleanup of this.cleanups.splice(0)) cleanup();
    this.ended = true;
    this.finish();
  }
}

const test = (body, name) => {
  const made = new Test(name);
  made.step(body, made, made);
  made.done();
};
const generate_tests = (body, list) => { for (const [name, ...args] of list) test(() => body(...args), name); };
const async_test = (body, name) => {
  const made = typeof body === 'function' ? new Test(name) : new Test(body);
  if (typeof body === 'function') made.step(body, made, made);
  return made;
};
/** One after the other, as the original does. */
const promise_test = (body, name) => {
  const made = new Test(name);
  wpt.queue = wpt.queue.then(async () => {
    try {
      const promise = body.call(made, made);
      if (typeof promise?.then !== 'function') throw new Error('the test returned no promise');
      await promise;
    } catch (error) { made.fail(error); }
    made.done();
  });
};
const setup = (first, second) => {
  const { explicit_done: explicit, single_test: single } = (typeof first === 'function' ? second : first) ?? {};
  if (single) wpt.single = new Test('the file');
  if (explicit) wpt.explicitDone = new Promise((resolve) => { wpt.done = resolve; });
  if (typeof first === 'function') first();
};
/** Ends a file of a single test, or one that said that it would say when it is done. */
const done = () => { if (wpt.done) wpt.done(); else wpt.single?.done(); };
const step_timeout = (body, delay, ...args) => setTimeout(body, delay, ...args);

const same = (a, b) => (a === b ? a !== 0 || 1 / a === 1 / b : a !== a && b !== b);
const format_value = (value) => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map(format_value).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `object "${Object.prototype.toString.call(value)}"`;
  return String(value);
};
const check = (holds, message, what) => { if (!holds) throw new AssertionError(`${message === undefined ? '' : `${message}: `}${what}`); };

const assert_true = (value, message) => check(value === true, message, `expected true, got ${format_value(value)}`);
const assert_false = (value, message) => check(value === false, message, `expected false, got ${format_value(value)}`);
const assert_equals = (value, expected, message) =>
  check(same(value, expected), message, `expected ${format_value(expected)}, got ${format_value(value)}`);
const assert_not_equals = (value, other, message) => check(!same(value, other), message, `got ${format_value(other)}`);
const assert_in_array = (value, list, message) => check(list.includes(value), message, `${format_value(value)} is not in the list`);
const assert_array_equals = (value, expected, message) => {
  check(typeof value === 'object' && value !== null && 'length' in value, message, 'no list');
  check(value.length === expected.length, message, `expected ${format_value([...expected])}, got ${format_value([...value])}`);
  for (let at = 0; at < value.length; at += 1) {
    check(Object.hasOwn(value, at) === Object.hasOwn(expected, at) && same(value[at], expected[at]), message,
      `at ${at} expected ${format_value(expected[at])}, got ${format_value(value[at])}`);
  }
};
const assert_approx_equals = (value, expected, epsilon, message) =>
  check(typeof value === 'number' && Math.abs(value - expected) <= epsilon, message, `${value} is not near ${expected}`);
const assert_less_than = (value, limit, message) => check(value < limit, message, `${value} is not below ${limit}`);
const assert_greater_than = (value, limit, message) => check(value > limit, message, `${value} is not above ${limit}`);
const assert_less_than_equal = (value, limit, message) => check(value <= limit, message, `${value} is above ${limit}`);
const assert_greater_than_equal = (value, limit, message) => check(value >= limit, message, `${value} is below ${limit}`);
const assert_regexp_match = (value, expression, message) => check(expression.test(value), message, `${value} does not match`);
const assert_class_string = (value, name, message) => assert_equals(Object.prototype.toString.call(value), `[object ${name}]`, message);
const assert_own_property = (object, name, message) => check(Object.hasOwn(object, name), message, `no own ${String(name)}`);
const assert_not_own_property = (object, name, message) => check(!Object.hasOwn(object, name), message, `an own ${String(name)}`);
const assert_inherits = (object, name, message) => check(!Object.hasOwn(object, name) && name in object, message, `${name} is not inherited`);
const assert_idl_attribute = assert_inherits;
const assert_readonly = (object, name, message) => {
  const before = object[name];
  try { object[name] = `${before}1`; } catch { /* strict mode */ }
  check(same(object[name], before), message, `${name} changed`);
};
const assert_unreached = (message) => check(false, message, 'this must not happen');
const assert_implements = (holds, message) => { if (!holds) throw new NotImplemented(message); };
const assert_implements_optional = assert_implements;

const thrown = (body, message) => {
  try { body.call(); } catch (error) { return error; }
  return check(false, message, 'nothing was thrown');
};
const isOf = (error, type, message) => check(typeof error === 'object' && error !== null && error.constructor === type && error.name === type.name,
  message, `expected ${type.name}, got ${error}`);
const domNames = { INDEX_SIZE_ERR: 'IndexSizeError', INVALID_CHARACTER_ERR: 'InvalidCharacterError', DATA_CLONE_ERR: 'DataCloneError', INVALID_STATE_ERR: 'InvalidStateError', TYPE_MISMATCH_ERR: 'TypeMismatchError', QUOTA_EXCEEDED_ERR: 'QuotaExceededError' };
const isDom = (error, name, message) => check(error instanceof DOMException && error.name === (domNames[name] ?? name), message, `expected ${name}, got ${error}`);
/** The constructor of another realm may stand between name and body. */
const domArguments = (rest) => (typeof rest[0] === 'function' && rest[0].name === 'DOMException' ? rest.slice(1) : rest);
const assert_throws_js = (type, body, message) => isOf(thrown(body, message), type, message);
const assert_throws_dom = (name, ...rest) => { const [body, message] = domArguments(rest); isDom(thrown(body, message), name, message); };
const assert_throws_exactly = (expected, body, message) => check(same(thrown(body, message), expected), message, 'something else was thrown');
const assert_throws_quotaexceedederror = (body) => isDom(thrown(body), 'QuotaExceededError');
const rejection = async (promise, message) => {
  try { await promise; } catch (error) { return error; }
  return check(false, message, 'the promise was fulfilled');
};
const promise_rejects_js = async (_test, type, promise, message) => isOf(await rejection(promise, message), type, message);
const promise_rejects_dom = async (_test, name, ...rest) => { const [promise, message] = domArguments(rest); isDom(await rejection(promise, message), name, message); };
const promise_rejects_exactly = async (_test, expected, promise, message) => check(same(await rejection(promise, message), expected), message, 'rejected with something else');

// --- the environment that the files look at --------------------------------------------------------------------------
Object.assign(globalThis, {
  test, async_test, promise_test, setup, done, step_timeout, format_value,
  location: Object.fromEntries(['href', 'origin', 'protocol', 'host', 'pathname', 'search', 'hash'].map((part) => [part, new URL(`https://web-platform.test/${wptPath}`)[part]])),
  isSecureContext: true,
  GLOBAL: { isWindow: () => false, isWorker: () => true, isShadowRealm: () => false },
  addEventListener() {}, removeEventListener() {},
});
// Stand-ins, so that a file that makes one of these at its top has tests at all. Those that use them fail.
for (const name of ['Blob', 'File', 'FormData', 'ReadableStream', 'CustomEvent']) globalThis[name] = class { append() {} };
wpt.path = wptPath;
// A script has no address of its own, a page has. The files that a test asks for come from the runner.
const absolute = (input) => (typeof input === 'string' ? new URL(input, location.href) : input);
const wptFetch = globalThis.fetch;
globalThis.fetch = async function fetch(input, init) { return wptFetch(absolute(input), init); };
globalThis.fetch_json = async (input) => (await fetch(input)).json();
const WptRequest = globalThis.Request;
globalThis.Request = function Request(input, init) {
  if (new.target === undefined) WptRequest();
  if (arguments.length === 0) return new WptRequest();
  return Reflect.construct(WptRequest, [absolute(input), init], new.target);
};
globalThis.Request.prototype = WptRequest.prototype;
WptRequest.prototype.constructor = globalThis.Request;

const main = async () => {
  const settled = async () => {
    let count;
    do {
      count = wpt.tests.length;
      await wpt.queue;
      await Promise.all(wpt.tests.map(({ finished }) => finished));
    } while (wpt.tests.length > count);
  };
  await wpt.explicitDone;
  await Promise.race([settled(), new Promise((resolve) => { setTimeout(resolve, 3000); })]);
  for (const each of wpt.tests) if (!each.ended) each.fail('the test did not end');
  return { tests: wpt.tests.map(({ name, failed, message }) => [name.toWellFormed(), failed, message?.slice(0, 300).toWellFormed() ?? null]) };
};
