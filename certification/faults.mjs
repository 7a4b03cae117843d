// Providers with one fault each: an honest provider, and somebody on the wire who changes what it hears or says. A module
// that does not notice the fault it is about proves nothing.
import assert from 'node:assert/strict';
import { UnsecuredJWT } from 'jose';
import { request } from '../tests/clients/browser.mjs';
import { forger } from './forger.mjs';

const clientOrigin = 'https://rp.example';
const registered = `${clientOrigin}/callback`;
const now = () => Math.floor(Date.now() / 1000);

const endsWith = (path) => ({ url }) => url.pathname.endsWith(path);
const isAuthorization = (url) => /\/oidc\/auth$/.test(url.pathname);

/** The answer with other members; its body is what `text` says. */
const answering = (answer, changes) => ({ ...answer, ...changes, headers: new Headers(changes.headers ?? answer.headers) });
const withBody = (answer, body) => answering(answer, { body, text: JSON.stringify(body) });
const redirecting = (url, location) => ({ url, status: 303, headers: new Headers({ location: `${location}` }), text: '', body: undefined, location });
const saying = (url, status, body) => ({ url, status, headers: new Headers({ 'content-type': 'application/json' }), text: JSON.stringify(body), body });

/** Changes answers that `when` holds of. */
const answers = (when, change) => () => async (address, options) => {
  const answer = await request(address, options);
  return when(answer) ? change(answer, options) : answer;
};

/** Changes the parameters of authorization requests, wherever they are. */
const hears = (change) => () => (address, options = {}) => {
  const url = new URL(address);
  if (!isAuthorization(url)) return request(url, options);
  const isForm = options.form !== undefined;
  const parameters = new URLSearchParams(isForm ? options.form : url.search);
  change(parameters);
  if (isForm) return request(url, { ...options, form: parameters });
  url.search = parameters;
  return request(url, options);
};
const ignores = (...names) => hears((parameters) => names.forEach((name) => parameters.delete(name)));

/** Answers authorization requests that `when` holds of by itself. */
const authorizes = (when, answer) => () => (address, options = {}) => {
  const url = new URL(address);
  const parameters = new URLSearchParams(options.form ?? url.search);
  return isAuthorization(url) && when(parameters, options) ? answer(url, parameters) : request(url, options);
};

/** Changes redirects to the client. */
const redirects = (when, change) =>
  answers(
    ({ location }) => location?.origin === clientOrigin && when(location.searchParams),
    (answer) => {
      const location = new URL(answer.location);
      change(location);
      return redirecting(answer.url, location);
    },
  );
const always = () => true;
const isError = (parameters) => parameters.has('error');

const refusal = (parameters, error) => {
  const location = new URL(parameters.get('redirect_uri'));
  location.search = new URLSearchParams({ error, state: parameters.get('state') ?? '', iss: `${process.env.CERTIFICATION_ENDPOINT}/oidc` });
  return location;
};

const discovery = (change) =>
  answers(endsWith('/.well-known/openid-configuration'), (answer) => withBody(answer, { ...answer.body, ...change(answer.body) }));
const userinfo = (change) =>
  answers(
    (answer) => endsWith('/oidc/me')(answer) && answer.status === 200,
    (answer) => withBody(answer, { ...answer.body, ...change(answer.body) }),
  );

/** Whatever the provider refuses, the last success is told again. */
const repeats = (isMeant) => () => {
  let success;
  return async (address, options) => {
    const answer = await request(address, options);
    if (!isMeant(answer, new URLSearchParams(options?.form))) return answer;
    if (answer.status === 200) success = answer;
    return success ?? answer;
  };
};
const isGrant = (type) => ({ url }, form) => url.pathname.endsWith('/token') && form.get('grant_type') === type;

/** ID tokens with other claims, signed with a key that is published beside the provider's. */
const claims = (change, when = always) => forger({ change, when });

const postLogout = ({ searchParams }) => {
  const location = new URL(searchParams.get('post_logout_redirect_uri') ?? `${clientOrigin}/signed-out`);
  if (searchParams.has('state')) location.searchParams.set('state', searchParams.get('state'));
  return location;
};

/** The confirmation never reaches the provider. */
const nobodyIsLoggedOut = () => {
  let ending;
  return async (address, options) => {
    const url = new URL(address);
    if (url.pathname.endsWith('/session/end')) ending = url;
    if (!url.pathname.endsWith('/session/end/confirm')) return request(url, options);
    if (ending.searchParams.has('id_token_hint') && ending.searchParams.has('post_logout_redirect_uri')) return redirecting(url, postLogout(ending));
    return { url, status: 200, headers: new Headers({ 'content-type': 'text/html' }), text: '<h1>Signed out</h1>' };
  };
};

const isRefresh = (form) => form.get('grant_type') === 'refresh_token';
const ordinary = new Set('client_id redirect_uri response_type scope state nonce prompt max_age'.split(' '));
let forgedTime = 0;

export const faults = {
  'state is forgotten': redirects(always, ({ searchParams }) => searchParams.delete('state')),
  'state loses its last character': redirects(always, ({ searchParams }) => searchParams.set('state', searchParams.get('state').slice(0, -1))),
  'errors come without state': redirects(isError, ({ searchParams }) => searchParams.delete('state')),
  'errors have another name': redirects(isError, ({ searchParams }) => searchParams.set('error', 'server_error')),
  'the issuer is not told': redirects(always, ({ searchParams }) => searchParams.delete('iss')),
  'the client is redirected elsewhere': redirects(always, (location) => (location.pathname = '/elsewhere')),
  'every redirect URI is good': authorizes(
    (parameters) => parameters.get('redirect_uri') !== registered,
    (url, parameters) => redirecting(url, new URL(`${parameters.get('redirect_uri')}#code=x`)),
  ),
  'requests with more than the usual parameters are refused': authorizes(
    (parameters) => [...parameters.keys()].some((name) => !ordinary.has(name)),
    (url, parameters) => redirecting(url, refusal(parameters, 'invalid_request')),
  ),
  'authorization requests cannot be posted': authorizes((_, { method }) => method === 'POST', (url) => saying(url, 405, {})),
  'nobody is signed in silently': authorizes(
    (parameters) => parameters.get('prompt') === 'none',
    (url, parameters) => redirecting(url, refusal(parameters, 'login_required')),
  ),
  'a missing response type is taken for code': hears((parameters) => parameters.set('response_type', 'code')),
  'everybody signs in again': hears((parameters) => parameters.set('prompt', 'login')),
  'prompt is ignored': ignores('prompt'),
  'max_age is ignored': ignores('max_age'),
  'the hint is ignored': ignores('id_token_hint'),
  'request is ignored': ignores('request'),
  'request_uri is ignored': ignores('request_uri'),
  'code_challenge is ignored': ignores('code_challenge', 'code_challenge_method'),

  'the ID token is for another client': claims((payload) => ({ ...payload, aud: 'somebody-else' })),
  'the ID token is of another issuer': claims((payload) => ({ ...payload, iss: 'https://other.example' })),
  'the ID token has expired': claims((payload) => ({ ...payload, exp: now() - 10 })),
  'the ID token was issued in the past': claims((payload) => ({ ...payload, iat: now() - 4000 })),
  'the ID token has another nonce': claims((payload) => ({ ...payload, nonce: 'another' })),
  'the ID token has no subject': claims(({ sub, ...payload }) => payload),
  'the ID token has a wrong at_hash': claims((payload) => ({ ...payload, at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })),
  'the ID token has a wrong c_hash': claims((payload) => ({ ...payload, c_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })),
  'the ID token has an acr that nobody asked for': claims((payload) => ({ ...payload, acr: '99' })),
  'the ID token names another session': claims((payload) => ({ ...payload, sid: 'another' })),
  'auth_time is not told': claims(({ auth_time: time, ...payload }) => payload),
  'auth_time never changes': claims((payload) => ({ ...payload, auth_time: 1_600_000_000 })),
  'auth_time is always now': claims((payload) => ({ ...payload, auth_time: now() + ++forgedTime })),
  'a refreshed ID token is about somebody else': claims((payload) => ({ ...payload, sub: 'somebody-else' }), isRefresh),
  'a refreshed ID token is for another client': claims((payload) => ({ ...payload, aud: 'somebody-else' }), isRefresh),
  'the ID token names no key': forger({ header: { kid: undefined } }),
  'the ID token has a wrong signature': forger({ finish: (token) => token.replace(/\.[^.]*$/, `.${'A'.repeat(342)}`) }),
  'the ID token is not signed': forger({ finish: (_, payload) => new UnsecuredJWT(payload).encode() }),
  'logout tokens are signed with an unknown key': forger({ onlyKeysAfter: '/session/end/confirm' }),
  'a private key is published': answers(endsWith('/jwks'), (answer) => {
    const [first, ...others] = answer.body.keys;
    return withBody(answer, { keys: [{ ...first, d: 'AQAB' }, ...others] });
  }),

  'token answers may be cached': answers(endsWith('/token'), (answer) => answering(answer, { headers: { 'content-type': 'application/json' } })),
  'every secret is good': repeats(isGrant('authorization_code')),
  'codes work again and again': repeats(isGrant('authorization_code')),
  'refresh tokens are for everybody': repeats(isGrant('refresh_token')),

  'userinfo believes any token': repeats(({ url }) => url.pathname.endsWith('/oidc/me')),
  'userinfo is about somebody else': userinfo(() => ({ sub: 'somebody-else' })),
  'userinfo tells too much': userinfo((has) => ({ email: 'a@b.example', phone_number: '1', address: {}, nickname: 'n', ...has })),
  'userinfo lacks a claim of profile': userinfo(() => ({ nickname: undefined })),
  'userinfo lacks a claim of email': userinfo(() => ({ email_verified: 'true' })),
  'userinfo lacks a claim of address': userinfo(() => ({ address: 'Vienna' })),
  'userinfo lacks a claim of phone': userinfo(() => ({ phone_number: 14_155_550_000 })),

  'the discovery document is of another issuer': discovery(() => ({ issuer: 'https://other.example/oidc' })),
  'the discovery document has a member of its own': discovery(() => ({ our_own_member: true })),
  'the discovery document is called text': answers(endsWith('/.well-known/openid-configuration'), (answer) =>
    answering(answer, { headers: { 'content-type': 'text/plain' } }),
  ),
  'an endpoint is not protected by TLS': discovery(() => ({ end_session_endpoint: 'http://localhost/oidc/session/end' })),
  'there is no end session endpoint': discovery(() => ({ end_session_endpoint: undefined })),
  'RS256 is not offered': discovery(() => ({ id_token_signing_alg_values_supported: ['ES384'] })),
  'unsigned ID tokens are offered': discovery(({ id_token_signing_alg_values_supported: some }) => ({ id_token_signing_alg_values_supported: [...some, 'none'] })),
  'the claims parameter is said to be understood': discovery(() => ({ claims_parameter_supported: true })),
  'back-channel logout is not offered': discovery(() => ({ backchannel_logout_supported: false })),

  'nobody is logged out': nobodyIsLoggedOut,
  'logout invents a state': redirects((parameters) => !parameters.has('code') && !parameters.has('error'), ({ searchParams }) => searchParams.set('state', 'x')),
  'every logout ends at the client': () => (address, options) => {
    const url = new URL(address);
    return url.pathname.endsWith('/session/end') ? redirecting(url, postLogout(url)) : request(url, options);
  },
};

/** A transport with this fault, and no memory of another. */
export const transportWith = (fault) => {
  assert.ok(faults[fault], `there is no fault named "${fault}"`);
  return faults[fault]();
};
