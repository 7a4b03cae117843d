// `Event`, `EventTarget`, `AbortController`, `AbortSignal` (DOM §2 and §3), and `performance`, which is a target too.
let eventState; let newEvent;
const trustedOf = getOwnPropertyDescriptor({ get isTrusted() { return eventState(this).trusted; } }, 'isTrusted');
class Event {
  #s;
  static {
    eventState = (event) => event.#s;
    newEvent = (type) => { const event = new Event(type); event.#s.trusted = true; return event; };
  }
  constructor(type, init = undefined) {
    need(arguments, 1);
    const { bubbles, cancelable, composed } = dictionary(init);
    this.#s = {
      type: `${type}`, bubbles: Boolean(bubbles), cancelable: Boolean(cancelable), composed: Boolean(composed), trusted: false,
      target: null, current: null, busy: false, passive: false, stop: false, stopNow: false, canceled: false, at: op.now(),
    };
    defineProperty(this, 'isTrusted', { get: trustedOf.get, enumerable: true });
  }
  get type() { return this.#s.type; }
  get target() { return this.#s.target; }
  get srcElement() { return this.#s.target; }
  get currentTarget() { return this.#s.current; }
  composedPath() { return this.#s.current === null ? [] : [this.#s.current]; }
  get eventPhase() { return this.#s.busy ? 2 : 0; }
  stopPropagation() { this.#s.stop = true; }
  get cancelBubble() { return this.#s.stop; }
  set cancelBubble(value) { if (value) this.#s.stop = true; else this.#s; }
  stopImmediatePropagation() { this.#s.stop = this.#s.stopNow = true; }
  get bubbles() { return this.#s.bubbles; }
  get cancelable() { return this.#s.cancelable; }
  get returnValue() { return !this.#s.canceled; }
  set returnValue(value) { if (value) this.#s; else this.preventDefault(); }
  preventDefault() { if (this.#s.cancelable && !this.#s.passive) this.#s.canceled = true; }
  get defaultPrevented() { return this.#s.canceled; }
  get composed() { return this.#s.composed; }
  get timeStamp() { return this.#s.at; }
  initEvent(type, bubbles = false, cancelable = false) {
    need(arguments, 1);
    if (this.#s.busy) return;
    [type, bubbles, cancelable] = [`${type}`, Boolean(bubbles), Boolean(cancelable)];
    Object.assign(this.#s, { type, bubbles, cancelable, trusted: false, target: null, stop: false, stopNow: false, canceled: false });
  }
}
['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'].forEach((name, value) => {
  for (const holder of [Event, Event.prototype]) defineProperty(holder, name, { value, enumerable: true });
});
let listenersOf; let dropListener;
class EventTarget {
  #listeners = [];
  static {
    listenersOf = (target) => target.#listeners;
    dropListener = (target, known) => target.#remove(known);
  }
  addEventListener(type, callback, options = undefined) {
    this.#listeners;
    need(arguments, 2);
    type = `${type}`;
    callback = listener(callback);
    const { capture, once, passive, signal } = isObject(options) ? options : { __proto__: null, capture: options };
    const abort = signal === undefined ? undefined : signalState(signal);
    if (callback === null || abort?.aborted) return;
    const known = { type, callback, capture: Boolean(capture), once: Boolean(once), passive: Boolean(passive), removed: false };
    if (findListener(this.#listeners, known) !== undefined) return;
    this.#listeners.push(known);
    abort?.algorithms.add(() => this.#remove(known));
  }
  removeEventListener(type, callback, options = undefined) {
    this.#listeners;
    need(arguments, 2);
    callback = listener(callback);
    const capture = Boolean(isObject(options) ? options.capture : options);
    const known = findListener(this.#listeners, { type: `${type}`, callback, capture });
    if (known !== undefined) this.#remove(known);
  }
  #remove(known) {
    known.removed = true;
    const at = this.#listeners.indexOf(known);
    if (at >= 0) this.#listeners.splice(at, 1);
  }
  dispatchEvent(event) {
    this.#listeners;
    need(arguments, 1);
    const state = eventState(event);
    if (state.busy) throw new DOMException('The event is being dispatched', 'InvalidStateError');
    state.trusted = false;
    return dispatch(this, event);
  }
}
const listener = (callback) => {
  if (callback === null || callback === undefined) return null;
  if (!isObject(callback)) throw new TypeError('the listener must be an object');
  return callback;
};
const findListener = (listeners, { type, callback, capture }) =>
  listeners.find((known) => known.type === type && known.callback === callback && known.capture === capture);
const dispatch = (target, event) => {
  const state = eventState(event);
  state.busy = true;
  state.target = state.current = target;
  for (const capture of [true, false]) {
    if (state.stop) break;
    for (const known of [...listenersOf(target)]) {
      if (known.removed || known.type !== state.type || known.capture !== capture) continue;
      if (known.once) dropListener(target, known);
      state.passive = known.passive;
      try {
        if (typeof known.callback === 'function') known.callback.call(target, event);
        else known.callback.handleEvent(event);
      } catch (error) { write(4, ['Uncaught', error]); }
      state.passive = false;
      if (state.stopNow) break;
    }
  }
  state.busy = state.stop = state.stopNow = false;
  state.current = null;
  return !state.canceled;
};
/** An event handler attribute (HTML §8.1.8.1): a listener that stays in its place when another function is set. */
const handlerAttribute = (type, name) => {
  const find = (target) => listenersOf(target).find(({ handler }) => handler === name);
  defineProperty(type.prototype, `on${name}`, {
    get() { return find(this)?.value ?? null; },
    set(value) {
      const known = find(this);
      if (!isObject(value)) {
        if (known !== undefined) dropListener(this, known);
      } else if (known !== undefined) known.value = value;
      else {
        const made = { type: name, capture: false, once: false, passive: false, removed: false, handler: name, value };
        made.callback = function (event) { if (typeof made.value === 'function') made.value.call(this, event); };
        listenersOf(this).push(made);
      }
    },
    configurable: true,
  });
};

let signalState;
class AbortSignal extends EventTarget {
  #s = { aborted: false, reason: undefined, algorithms: new Set(), isDependent: false, sources: [], dependents: [] };
  static { signalState = (signal) => signal.#s; }
  constructor() { illegal(arguments[0]); super(); }
  get aborted() { return this.#s.aborted; }
  get reason() { return this.#s.reason; }
  throwIfAborted() { if (this.#s.aborted) throw this.#s.reason; }
  static abort(reason = undefined) { const signal = newSignal(); abortSignal(signal, reason); return signal; }
  static timeout(milliseconds) {
    need(arguments, 1);
    const delay = within(milliseconds, Number.MAX_SAFE_INTEGER);
    const signal = newSignal();
    addTimer(() => abortSignal(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')), delay, [], false);
    return signal;
  }
  static any(signals) { need(arguments, 1); return anySignal([...signals]); }
}
handlerAttribute(AbortSignal, 'abort');
const newSignal = () => new AbortSignal(internal);
const abortSignal = (signal, reason = new DOMException('This operation was aborted', 'AbortError')) => {
  const state = signalState(signal);
  if (state.aborted) return;
  const all = [signal, ...state.dependents.filter((dependent) => !signalState(dependent).aborted)];
  for (const each of all) Object.assign(signalState(each), { aborted: true, reason });
  for (const each of all) {
    const { algorithms } = signalState(each);
    for (const run of algorithms) run();
    algorithms.clear();
    dispatch(each, newEvent('abort'));
  }
};
const anySignal = (signals) => {
  const states = signals.map((signal) => signalState(signal));
  const result = newSignal();
  const state = signalState(result);
  const aborted = states.find((each) => each.aborted);
  if (aborted !== undefined) {
    Object.assign(state, { aborted: true, reason: aborted.reason });
    return result;
  }
  state.isDependent = true;
  state.sources = [...new Set(signals.flatMap((signal, at) => (states[at].isDependent ? states[at].sources : [signal])))];
  for (const source of state.sources) signalState(source).dependents.push(result);
  return result;
};
class AbortController {
  #signal = newSignal();
  get signal() { return this.#signal; }
  abort(reason = undefined) { abortSignal(this.#signal, reason); }
}

let origin;
class Performance extends EventTarget {
  #brand;
  constructor() { illegal(arguments[0]); super(); }
  now() { this.#brand; return op.now(); }
  get timeOrigin() { this.#brand; return origin ??= Date.now() - op.now(); }
  toJSON() { this.#brand; return { timeOrigin: this.timeOrigin }; }
}
expose(Event, EventTarget, AbortSignal, AbortController, Performance);
define('performance', new Performance(internal), true);
