// What `Request` and `Response` are made of (Fetch §5): states, checked, from what a script gives.
const {
  dictionary, usv, byteString, bytesOf, entriesOf, stringify, anySignal, serialized, paramsList, token, forbiddenMethod,
  guarded, fillHeaders, copyHeaders, unread, requestState, URL, URLSearchParams, Headers, Request,
} = base;
/** The bytes of a body and the type that goes with them. */
const extract = (body) => {
  if (body instanceof URLSearchParams) return [op.utf8Encode(serialized(paramsList(body))), 'application/x-www-form-urlencoded;charset=UTF-8'];
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return [bytesOf(body).slice(), undefined];
  return [op.utf8Encode(usv(body)), 'text/plain;charset=UTF-8'];
};
const setBody = (state, body) => {
  const [bytes, type] = extract(body);
  state.body = { bytes, used: false };
  if (type !== undefined && !state.headers.has('content-type')) state.headers.append('content-type', type);
};
const oneOf = {
  referrerPolicy: ['', 'no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin', 'origin-when-cross-origin', 'strict-origin-when-cross-origin', 'unsafe-url'],
  mode: ['cors', 'no-cors', 'same-origin', 'navigate'],
  credentials: ['same-origin', 'omit', 'include'],
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  redirect: ['follow', 'error', 'manual'],
  duplex: ['half'],
  priority: ['auto', 'high', 'low'],
};
const methodOf = (method) => {
  method = byteString(method);
  if (!token.test(method) || forbiddenMethod.test(method)) throw new TypeError(`The method ${method.slice(0, 100)} is not allowed`);
  const upper = method.toUpperCase();
  return ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'].includes(upper) ? upper : method;
};
const referrerOf = (referrer) => {
  referrer = usv(referrer);
  if (referrer === '') return '';
  const parts = op.parseUrl(referrer);
  if (parts === undefined) throw new TypeError('Invalid referrer');
  return parts[0];
};
/** What the request gets that has this input: a URL, or another request. */
const fromInput = (input) => {
  if (input instanceof Request) return { ...requestState(input) };
  const url = new URL(input);
  if (url.username !== '' || url.password !== '') throw new TypeError('A URL to fetch cannot have credentials');
  const state = { url: url.href, method: 'GET', destination: '', referrer: 'about:client', integrity: '', keepalive: false, isReloadNavigation: false, isHistoryNavigation: false, body: { bytes: null, used: false } };
  for (const [name, [first]] of entriesOf(oneOf)) state[name] = first;
  return state;
};
const request = (input, init) => {
  init = dictionary(init);
  const state = fromInput(input);
  if (init.window !== undefined && init.window !== null) throw new TypeError('A request cannot have a window');
  for (const [name, values] of entriesOf(oneOf)) {
    if (init[name] === undefined) continue;
    state[name] = `${init[name]}`;
    if (!values.includes(state[name])) throw new TypeError(`Invalid ${name}`);
  }
  if (state.mode === 'navigate') throw new TypeError('Invalid mode');
  if (state.cache === 'only-if-cached' && state.mode !== 'same-origin') throw new TypeError('Invalid cache');
  if (init.referrer !== undefined) state.referrer = referrerOf(init.referrer);
  if (init.integrity !== undefined) state.integrity = `${init.integrity}`;
  if (init.keepalive !== undefined) state.keepalive = Boolean(init.keepalive);
  if (init.method !== undefined) state.method = methodOf(init.method);
  const signal = init.signal === undefined ? state.signal : init.signal;
  state.signal = anySignal(signal === undefined || signal === null ? [] : [signal]);
  const { headers } = state;
  state.headers = guarded(new Headers(), 'request');
  if (init.headers !== undefined) fillHeaders(state.headers, init.headers);
  else if (headers !== undefined) state.headers = copyHeaders(headers, 'request');
  const hasBody = init.body !== undefined && init.body !== null;
  if ((hasBody || state.body.bytes !== null) && (state.method === 'GET' || state.method === 'HEAD')) throw new TypeError(`A ${state.method} request cannot have a body`);
  if (hasBody) setBody(state, init.body);
  else if (unread(state.body) !== null) {
    // The body of the other request moves here.
    const moved = state.body;
    state.body = { bytes: moved.bytes, used: false };
    moved.used = true;
  }
  return state;
};

const isNullBody = (status) => [101, 103, 204, 205, 304].includes(status);
const initResponse = (state, init) => {
  init = dictionary(init);
  state.status = init.status === undefined ? 200 : Number(init.status) & 0xffff;
  if (state.status < 200 || state.status > 599) throw new RangeError('The status must be between 200 and 599');
  state.statusText = init.statusText === undefined ? '' : byteString(init.statusText);
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(state.statusText)) throw new TypeError('Invalid status text');
  fillHeaders(state.headers, init.headers);
  return state;
};
const responseWith = (guard, members = {}) => ({
  type: 'default', url: '', redirected: false, status: 200, statusText: '', headers: guarded(new Headers(), guard), body: { bytes: null, used: false }, ...members,
});
const bodyFor = (state, body) => {
  if (body === undefined || body === null) return state;
  if (isNullBody(state.status)) throw new TypeError(`A response with status ${state.status} cannot have a body`);
  setBody(state, body);
  return state;
};
const response = (body, init) => bodyFor(initResponse(responseWith('response'), init), body);
const json = (data, init) => {
  const text = stringify(data);
  if (text === undefined) throw new TypeError('The value has no JSON');
  const state = initResponse(responseWith('response'), init);
  if (!state.headers.has('content-type')) state.headers.append('content-type', 'application/json');
  return bodyFor(state, text);
};
const redirect = (url, status) => {
  const { href } = new URL(url);
  status = Number(status) & 0xffff;
  if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError(`The status ${status} is no redirect`);
  const state = responseWith('none', { status });
  state.headers.append('location', href);
  guarded(state.headers, 'immutable');
  return state;
};
/** What the host has brought. */
const received = ({ status, statusText, url, redirected, headers }, bytes) => {
  const state = responseWith('none', { type: 'basic', url, redirected, status, statusText });
  fillHeaders(state.headers, headers);
  guarded(state.headers, 'immutable');
  if (!isNullBody(status)) state.body.bytes = bytes;
  return state;
};
return { request, response, responseWith, json, redirect, received };
