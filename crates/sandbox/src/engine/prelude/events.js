// `Event`, `EventTarget`, `AbortController`, `AbortSignal`.
class Event {
  #type; #cancelable; defaultPrevented = false; target = null; currentTarget = null;
  constructor(type, { cancelable = false } = {}) { this.#type = `${type}`; this.#cancelable = Boolean(cancelable); }
  get type() { return this.#type; }
  get cancelable() { return this.#cancelable; }
  preventDefault() { if (this.#cancelable) this.defaultPrevented = true; }
  stopPropagation() {}
  stopImmediatePropagation() { this.stopped = true; }
}
class EventTarget {
  #listeners = [];
  addEventListener(type, listener, options = {}) {
    const { once = false, signal } = typeof options === 'object' && options !== null ? options : {};
    if (listener === null || listener === undefined || signal?.aborted) return;
    if (this.#listeners.some((known) => known.type === type && known.listener === listener)) return;
    this.#listeners.push({ type, listener, once });
    signal?.addEventListener('abort', () => this.removeEventListener(type, listener), { once: true });
  }
  removeEventListener(type, listener) {
    this.#listeners = this.#listeners.filter((known) => known.type !== type || known.listener !== listener);
  }
  dispatchEvent(event) {
    event.target = event.currentTarget = this;
    const run = (listener) => {
      try {
        if (typeof listener === 'function') listener.call(this, event);
        else listener.handleEvent(event);
      } catch (error) { write(4, ['Uncaught', error]); }
    };
    if (typeof this[`on${event.type}`] === 'function') run(this[`on${event.type}`]);
    for (const known of [...this.#listeners]) {
      if (known.type !== event.type || event.stopped) continue;
      if (known.once) this.removeEventListener(known.type, known.listener);
      run(known.listener);
    }
    return !event.defaultPrevented;
  }
}
let makingSignal = false;
const newSignal = () => {
  makingSignal = true;
  try { return new AbortSignal(); } finally { makingSignal = false; }
};
let abortSignal;
class AbortSignal extends EventTarget {
  #aborted = false; #reason; onabort = null;
  static { abortSignal = (signal, reason) => signal.#abort(reason); }
  constructor() { if (!makingSignal) throw new TypeError('Illegal constructor'); super(); }
  get aborted() { return this.#aborted; }
  get reason() { return this.#reason; }
  throwIfAborted() { if (this.#aborted) throw this.#reason; }
  #abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    this.dispatchEvent(new Event('abort'));
  }
  static abort(reason) { const signal = newSignal(); abortSignal(signal, reason); return signal; }
  static timeout(delay) {
    const signal = newSignal();
    addTimer(() => abortSignal(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')), delay, [], false);
    return signal;
  }
  static any(signals) {
    const result = newSignal();
    const sources = [...signals];
    const aborted = sources.find((source) => source.aborted);
    if (aborted) abortSignal(result, aborted.reason);
    else for (const source of sources) source.addEventListener('abort', () => abortSignal(result, source.reason), { once: true });
    return result;
  }
}
class AbortController {
  #signal = newSignal();
  get signal() { return this.#signal; }
  abort(reason) { abortSignal(this.#signal, reason); }
}
expose(Event, EventTarget, AbortSignal, AbortController);
