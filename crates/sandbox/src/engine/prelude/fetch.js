// `Request`, `Response`, `fetch`. The server sends the request; a script without network still has the classes.
const bodyOf = (body, headers) => {
  const typed = (type) => { if (!headers.has('content-type')) headers.set('content-type', type); };
  if (body === undefined || body === null) return undefined;
  if (body instanceof URLSearchParams) {
    typed('application/x-www-form-urlencoded;charset=UTF-8');
    return op.utf8Encode(body.toString());
  }
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return bytesOf(body).slice();
  typed('text/plain;charset=UTF-8');
  return op.utf8Encode(usv(body));
};
let bodyBytes;
class Body {
  #bytes; #used = false;
  static { bodyBytes = (owner) => { if (owner.#used) throw new TypeError('Body has already been read'); return owner.#bytes; }; }
  constructor(bytes) { this.#bytes = bytes; }
  #take() {
    const bytes = bodyBytes(this);
    this.#used = bytes !== undefined;
    return bytes ?? new Bytes();
  }
  get bodyUsed() { return this.#used; }
  get body() { return null; }
  async bytes() { return this.#take().slice(); }
  async arrayBuffer() { return this.#take().slice().buffer; }
  async text() { return op.utf8Decode(this.#take(), false, false); }
  async json() { return parse(op.utf8Decode(this.#take(), false, false)); }
}
const methodOf = (method) => {
  method = `${method}`;
  const upper = method.toUpperCase();
  if (['CONNECT', 'TRACE', 'TRACK'].includes(upper)) throw new TypeError(`The method ${upper} is not allowed`);
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method)) throw new TypeError('Invalid method');
  return ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'].includes(upper) ? upper : method;
};
class Request extends Body {
  #url; #method; #headers; #redirect; #signal;
  constructor(input, init = {}) {
    const from = input instanceof Request ? input : undefined;
    const headers = new Headers(init.headers ?? from?.headers);
    const method = methodOf(init.method ?? from?.method ?? 'GET');
    const body = init.body ?? undefined;
    if (body !== undefined && (method === 'GET' || method === 'HEAD')) throw new TypeError(`A ${method} request cannot have a body`);
    super(body === undefined ? from && bodyBytes(from) : bodyOf(body, headers));
    const url = from ? undefined : new URL(input);
    if (url && (url.username || url.password)) throw new TypeError('A URL to fetch cannot have credentials');
    this.#url = from ? from.url : url.href;
    this.#method = method;
    this.#headers = headers;
    this.#redirect = init.redirect ?? from?.redirect ?? 'follow';
    if (!['follow', 'error', 'manual'].includes(this.#redirect)) throw new TypeError('Invalid redirect mode');
    this.#signal = AbortSignal.any([init.signal === undefined ? from?.signal : init.signal].filter(Boolean));
  }
  get url() { return this.#url; }
  get method() { return this.#method; }
  get headers() { return this.#headers; }
  get redirect() { return this.#redirect; }
  get signal() { return this.#signal; }
  clone() { return new Request(this); }
}
let received;
class Response extends Body {
  #status; #statusText; #headers; #url = ''; #redirected = false; #type = 'default';
  static {
    received = (head, bytes) => {
      const response = new Response(bytes.length > 0 ? bytes : null, { status: head.status < 200 ? 200 : head.status, statusText: head.statusText, headers: head.headers });
      response.#status = head.status;
      response.#url = head.url;
      response.#redirected = head.redirected;
      response.#type = 'basic';
      return response;
    };
  }
  constructor(body, { status = 200, statusText = '', headers } = {}) {
    if (!(status >= 200 && status <= 599)) throw new RangeError('The status must be between 200 and 599');
    const own = new Headers(headers);
    super(bodyOf(body, own));
    this.#status = Number(status);
    this.#statusText = `${statusText}`;
    this.#headers = own;
  }
  get status() { return this.#status; }
  get statusText() { return this.#statusText; }
  get ok() { return this.#status >= 200 && this.#status <= 299; }
  get headers() { return this.#headers; }
  get url() { return this.#url; }
  get redirected() { return this.#redirected; }
  get type() { return this.#type; }
  clone() {
    const copy = new Response(bodyBytes(this), { status: this.#status, statusText: this.#statusText, headers: this.#headers });
    [copy.#url, copy.#redirected, copy.#type] = [this.#url, this.#redirected, this.#type];
    return copy;
  }
  static error() { const response = new Response(null); response.#status = 0; response.#type = 'error'; return response; }
  static json(data, init = {}) {
    const headers = new Headers(init.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new Response(stringify(data), { ...init, headers });
  }
  static redirect(url, status = 302) { return new Response(null, { status, headers: { location: new URL(url).href } }); }
}
const inFlight = new Map();
const fetch = async function fetch(input, init) {
  const request = new Request(input, init);
  request.signal.throwIfAborted();
  const { url, method, redirect } = request;
  const id = op.fetch(stringify({ url, method, headers: headerList(request.headers), redirect }), bodyBytes(request));
  if (typeof id === 'string') throw new TypeError(id);
  const { promise, resolve, reject } = Promise.withResolvers();
  inFlight.set(id, { resolve, reject });
  request.signal.addEventListener('abort', () => {
    if (!inFlight.delete(id)) return;
    op.abort(id);
    reject(request.signal.reason);
  });
  return promise;
};
/** The host brings the answer to a fetch. */
const settle = (id, text, bytes) => {
  const waiting = inFlight.get(id);
  if (!inFlight.delete(id)) return;
  const head = parse(text);
  if (head.error === undefined) {
    try { waiting.resolve(received(head, bytes)); return; } catch (error) { head.error = `the response is not valid: ${error.message}`; }
  }
  waiting.reject(new TypeError(`fetch failed: ${head.error}`));
};
expose(Request, Response);
define('fetch', fetch);
