// `Request`, `Response`, `fetch` (Fetch §5). The server sends the request; a script without network has the classes.
// Bodies are there at once, so there are no streams: `body` is null, and a body without bytes is one that is not there.
const unread = (body) => {
  if (body.used) throw new TypeError('The body has already been read');
  return body.bytes;
};
const mixBody = (type, stateOf) => {
  const take = (owner) => {
    const { body } = stateOf(owner);
    const bytes = unread(body);
    body.used = bytes !== null;
    return bytes ?? new Bytes();
  };
  const text = (owner) => op.decode('utf-8', take(owner), false, false);
  defineProperties(type.prototype, Object.getOwnPropertyDescriptors({
    get body() { stateOf(this); return null; },
    get bodyUsed() { return stateOf(this).body.used; },
    async arrayBuffer() { return take(this).slice().buffer; },
    async bytes() { return take(this).slice(); },
    async json() { return parse(text(this)); },
    async text() { return text(this); },
  }));
};
/** Members that only say what they were given. */
const mixState = (type, stateOf, names) => {
  for (const name of names) defineProperty(type.prototype, name, getOwnPropertyDescriptor({ get [name]() { return stateOf(this)[name]; } }, name));
};
let requestState;
class Request {
  #s;
  static { requestState = (request) => request.#s; }
  constructor(input, init = undefined) {
    need(arguments, 1);
    if (input === internal) { this.#s = init; return; }
    this.#s = fetchPart().request(input, init);
  }
  clone() {
    const state = { ...this.#s, body: { bytes: unread(this.#s.body), used: false } };
    state.headers = copyHeaders(state.headers, 'request');
    state.signal = anySignal([state.signal]);
    return new Request(internal, state);
  }
}
mixState(Request, requestState, ['method', 'url', 'headers', 'destination', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect', 'integrity', 'keepalive', 'isReloadNavigation', 'isHistoryNavigation', 'signal', 'duplex']);
mixBody(Request, requestState);

let responseState;
class Response {
  #s;
  static { responseState = (response) => response.#s; }
  constructor(body = null, init = undefined) {
    this.#s = body === internal ? init : fetchPart().response(body, init);
  }
  get ok() { return this.#s.status >= 200 && this.#s.status <= 299; }
  clone() {
    const body = { bytes: unread(this.#s.body), used: false };
    const headers = copyHeaders(this.#s.headers, this.#s.type === 'default' ? 'response' : 'immutable');
    return new Response(internal, { ...this.#s, body, headers });
  }
  static error() { return new Response(internal, fetchPart().responseWith('immutable', { type: 'error', status: 0 })); }
  static json(data, init = undefined) {
    need(arguments, 1);
    return new Response(internal, fetchPart().json(data, init));
  }
  static redirect(url, status = 302) {
    need(arguments, 1);
    return new Response(internal, fetchPart().redirect(url, status));
  }
}
mixState(Response, responseState, ['type', 'url', 'redirected', 'status', 'statusText', 'headers']);
mixBody(Response, responseState);
expose(Request, Response);

const inFlight = new Map();
const fetch = async (request) => {
  const { url, method, redirect, headers, signal, body } = requestState(request);
  signal.throwIfAborted();
  const id = op.fetch(stringify({ url, method, headers: headerList(headers), redirect }), body.bytes ?? undefined);
  if (typeof id === 'string') throw new TypeError(id);
  const { promise, resolve, reject } = Promise.withResolvers();
  inFlight.set(id, { resolve, reject });
  signalState(signal).algorithms.add(() => {
    if (!inFlight.delete(id)) return;
    op.abort(id);
    reject(signal.reason);
  });
  return promise;
};
define('fetch', { async fetch(input, init = undefined) { need(arguments, 1); return fetch(new Request(input, init)); } }.fetch, true);
/** The host brings the answer to a fetch. */
const settle = (id, text, bytes) => {
  const waiting = inFlight.get(id);
  if (!inFlight.delete(id)) return;
  const head = parse(text);
  if (head.error === undefined) {
    try {
      waiting.resolve(new Response(internal, fetchPart().received(head, bytes)));
      return;
    } catch (error) { head.error = `the response is not valid: ${error.message}`; }
  }
  waiting.reject(new TypeError(`fetch failed: ${head.error}`));
};
