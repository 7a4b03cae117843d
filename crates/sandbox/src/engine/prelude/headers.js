// `Headers` (Fetch §5.1): names are tokens, values cannot smuggle a line, and a guard says what may be set.
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const headerName = (name) => {
  name = byteString(name);
  if (!token.test(name)) throw new TypeError(`Invalid header name: ${name.slice(0, 100)}`);
  return name.toLowerCase();
};
const headerValue = (value) => {
  value = byteString(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (/[\0\r\n]/.test(value)) throw new TypeError('Invalid header value');
  return value;
};
const forbiddenMethod = /^(?:connect|trace|track)$/i;
/** What the server sets itself, or nobody. */
const forbiddenInRequests = new Set(['accept-charset', 'accept-encoding', 'access-control-request-headers', 'access-control-request-method',
  'connection', 'content-length', 'cookie', 'cookie2', 'date', 'dnt', 'expect', 'host', 'keep-alive', 'origin', 'referer', 'set-cookie', 'te',
  'trailer', 'transfer-encoding', 'upgrade', 'via']);
const methodOverrides = ['x-http-method', 'x-http-method-override', 'x-method-override'];
const isForbidden = {
  none: () => false,
  immutable: () => { throw new TypeError('These headers cannot be changed'); },
  request: (name, value) => forbiddenInRequests.has(name) || /^(?:proxy|sec)-/.test(name)
    || (methodOverrides.includes(name) && value.split(',').some((method) => forbiddenMethod.test(method.replace(/^[\t ]+|[\t ]+$/g, '')))),
  response: (name) => name === 'set-cookie' || name === 'set-cookie2',
};
let headerList; let guarded;
class Headers {
  #list = []; #guard = 'none';
  static {
    headerList = (headers) => headers.#list;
    guarded = (headers, guard) => { headers.#guard = guard; return headers; };
  }
  constructor(init = undefined) { fillHeaders(this, init); }
  append(name, value) {
    this.#list;
    need(arguments, 2);
    [name, value] = [headerName(name), headerValue(value)];
    if (!isForbidden[this.#guard](name, value)) this.#list.push([name, value]);
  }
  delete(name) {
    this.#list;
    need(arguments, 1);
    name = headerName(name);
    if (!isForbidden[this.#guard](name, '')) this.#list = this.#list.filter(([n]) => n !== name);
  }
  get(name) {
    this.#list;
    need(arguments, 1);
    name = headerName(name);
    const values = this.#list.filter(([n]) => n === name).map(([, value]) => value);
    return values.length > 0 ? values.join(', ') : null;
  }
  getSetCookie() { return this.#list.filter(([n]) => n === 'set-cookie').map(([, value]) => value); }
  has(name) {
    this.#list;
    need(arguments, 1);
    name = headerName(name);
    return this.#list.some(([n]) => n === name);
  }
  set(name, value) {
    this.#list;
    need(arguments, 2);
    [name, value] = [headerName(name), headerValue(value)];
    if (!isForbidden[this.#guard](name, value)) this.#list = replaced(this.#list, name, value);
  }
}
const appendHeader = Headers.prototype.append;
const fillHeaders = (headers, init) => {
  if (init !== undefined) for (const [name, value] of pairsFrom(init, byteString)) appendHeader.call(headers, name, value);
};
const copyHeaders = (headers, guard) => {
  const copy = guarded(new Headers(), guard);
  headerList(copy).push(...headerList(headers).map((pair) => [...pair]));
  return copy;
};
/** Sorted and combined, as they are iterated. */
makeIterable(Headers, (headers) => {
  const combined = new Map();
  const cookies = [];
  for (const [name, value] of headerList(headers)) {
    if (name === 'set-cookie') cookies.push([name, value]);
    else combined.set(name, combined.has(name) ? `${combined.get(name)}, ${value}` : value);
  }
  return [...combined, ...cookies].sort(byCodeUnits);
});
expose(Headers);
