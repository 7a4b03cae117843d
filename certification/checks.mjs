// What every answer must satisfy, whichever module asked for it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';

/** Clocks may differ by this many seconds. */
const skew = 300;
export const now = () => Math.floor(Date.now() / 1000);

/** RFC 6749 appendix A: what a token or a code may consist of. */
const isVisible = /^[\x20-\x7e]+$/;

const at = (uri) => {
  const { origin, pathname } = new URL(uri);
  return `${origin}${pathname}`;
};

/** The callback is where the client is registered, and echoes state and issuer (RFC 6749 §4.1.2, RFC 9207 §2). */
const checkCallback = (op, client, { callback, page, sent }) => {
  assert.ok(callback, `no redirect to the client, but ${page?.status} at ${page?.url} ${page?.text.slice(0, 300)}`);
  assert.equal(at(callback), client.redirectUri);
  assert.equal(callback.hash, '');
  const answer = callback.searchParams;
  for (const name of answer.keys()) assert.equal(answer.getAll(name).length, 1, `${name} occurs twice`);
  assert.equal(answer.get('state') ?? undefined, sent.state, 'state is echoed');
  if (op.metadata.authorization_response_iss_parameter_supported) assert.equal(answer.get('iss'), op.issuer);
  return answer;
};

/** A successful authorization response; its code. */
export const checkAuthorization = (op, client, authorized) => {
  const answer = checkCallback(op, client, authorized);
  assert.equal(answer.get('error'), null, `${answer.get('error')}: ${answer.get('error_description')}`);
  const allowed = new Set(['code', 'state', 'iss', 'session_state', 'scope']);
  for (const name of answer.keys()) assert.ok(allowed.has(name), `unexpected parameter ${name}`);
  assert.match(answer.get('code'), isVisible);
  return answer.get('code');
};

/** A refusal that the client is told of (RFC 6749 §4.1.2.1). */
export const checkRefusal = (op, client, authorized, errors) => {
  const answer = checkCallback(op, client, authorized);
  assert.ok(errors.includes(answer.get('error')), `error ${answer.get('error')}, wanted one of ${errors}`);
  assert.equal(answer.get('code'), null);
  const description = answer.get('error_description');
  if (description !== null) assert.match(description, /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/);
  if (answer.has('error_uri')) new URL(answer.get('error_uri'));
};

/** A refusal that is shown to the person, because the client cannot be trusted with it. */
export const checkErrorPage = ({ callback, page }) => {
  assert.equal(callback, undefined, `redirected to ${callback}`);
  assert.ok(page.status >= 400 && page.status < 500, `answered ${page.status}`);
  assert.equal(page.headers.get('location'), null);
};

/** A successful token response (RFC 6749 §5.1). */
export const checkTokens = (answer) => {
  assert.equal(answer.status, 200, `${answer.status} ${answer.text}`);
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  assert.match(answer.headers.get('cache-control'), /no-store/);
  const tokens = answer.body;
  assert.match(tokens.access_token, isVisible);
  assert.equal(tokens.token_type.toLowerCase(), 'bearer');
  assert.ok(Number.isInteger(tokens.expires_in) && tokens.expires_in > 0, `expires_in ${tokens.expires_in}`);
  if (tokens.refresh_token !== undefined) assert.match(tokens.refresh_token, isVisible);
  return tokens;
};

/** A refused token request (RFC 6749 §5.2). */
export const checkTokenError = (answer, error) => {
  assert.equal(answer.status, 400, `${answer.status} ${answer.text}`);
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  assert.equal(answer.body.error, error);
  assert.equal(answer.body.access_token, undefined);
  assert.equal(answer.body.id_token, undefined);
};

/** The keys that the provider publishes; none is private, and each has an id of its own. */
export const publishedKeys = async (op) => {
  const answer = await op.send(op.metadata.jwks_uri);
  assert.equal(answer.status, 200);
  const { keys } = answer.body;
  assert.ok(keys.length > 0, 'no key is published');
  for (const key of keys) {
    assert.ok(['RSA', 'EC', 'OKP'].includes(key.kty), `a key of type ${key.kty}`);
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']) assert.equal(key[secret], undefined, `${secret} is published`);
    assert.ok(key.use === undefined || key.use === 'sig' || key.use === 'enc');
    assert.match(key.kid, isVisible);
  }
  assert.equal(new Set(keys.map(({ kid }) => kid)).size, keys.length, 'two keys share a kid');
  return keys;
};

/** Signed with a published RS256 key that the header names; the payload. */
export const verifySignature = async (op, client, token) => {
  const keys = await publishedKeys(op);
  const header = decodeProtectedHeader(token);
  assert.equal(header.alg, 'RS256');
  const [key, ...others] = keys.filter(({ kid }) => kid === header.kid);
  assert.ok(key && others.length === 0, `kid ${header.kid} names one published key`);
  assert.equal(key.kty, 'RSA');
  const options = { issuer: op.issuer, audience: client.clientId, algorithms: ['RS256'], clockTolerance: skew };
  const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [key] }), options);
  return payload;
};

/** `at_hash` of OpenID Connect Core §3.1.3.6 and `c_hash` of §3.3.2.11, when they are there. */
const checkHash = (claim, value) => {
  if (claim === undefined) return;
  assert.equal(claim, createHash('sha256').update(value).digest().subarray(0, 16).toString('base64url'));
};

/** OpenID Connect Core §2 and §3.1.3.7, held against what was `sent` and the code that was redeemed; the claims. */
export const checkIdToken = async (op, client, tokens, { nonce, acr_values: acrs, max_age: maxAge, code } = {}) => {
  assert.equal(typeof tokens.id_token, 'string', 'there is an ID token');
  const claims = await verifySignature(op, client, tokens.id_token);
  assert.deepEqual([claims.aud].flat(), [client.clientId]);
  if (claims.azp !== undefined) assert.equal(claims.azp, client.clientId);
  assert.match(claims.sub, /^[\x21-\x7e]{1,255}$/);
  assert.ok(Number.isInteger(claims.exp) && claims.exp > now(), 'exp is ahead');
  assert.ok(Number.isInteger(claims.iat) && Math.abs(claims.iat - now()) < skew, 'iat is now');
  assert.ok(claims.exp > claims.iat);
  if (claims.nbf !== undefined) assert.ok(claims.nbf <= now() + skew);
  assert.equal(claims.nonce, nonce, 'nonce is echoed');
  checkHash(claims.at_hash, tokens.access_token);
  checkHash(claims.c_hash, code ?? '');
  checkAuthentication(claims, { acrs, maxAge });
  for (const [name, value] of Object.entries(claims)) assert.notEqual(value, null, `${name} is null`);
  return claims;
};

const checkAuthentication = (claims, { acrs, maxAge }) => {
  if (maxAge !== undefined) assert.ok(Number.isInteger(claims.auth_time), 'auth_time was asked for');
  if (claims.auth_time !== undefined) {
    assert.ok(Number.isInteger(claims.auth_time) && claims.auth_time <= now() + skew);
    assert.ok(claims.auth_time <= claims.iat + skew);
    if (maxAge !== undefined) assert.ok(claims.iat - claims.auth_time <= Number(maxAge) + 1, 'auth_time is within max_age');
  }
  if (claims.acr !== undefined) assert.equal(typeof claims.acr, 'string');
  if (claims.acr !== undefined && acrs !== undefined) assert.ok(acrs.split(' ').includes(claims.acr));
  if (claims.amr !== undefined) assert.ok(Array.isArray(claims.amr) && claims.amr.every((method) => typeof method === 'string'));
};

/** OpenID Connect Core §5.1: what kind of value each claim has. */
const kinds = {
  string: 'sub name given_name family_name middle_name nickname preferred_username profile picture website email gender birthdate zoneinfo locale phone_number'.split(' '),
  boolean: ['email_verified', 'phone_number_verified'],
  number: ['updated_at'],
  object: ['address'],
};

/** A userinfo response about the person of the ID token (OpenID Connect Core §5.3.2); its claims. */
export const checkUserinfo = (answer, idToken) => {
  assert.equal(answer.status, 200, `${answer.status} ${answer.text}`);
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  const claims = answer.body;
  assert.equal(claims.sub, idToken.sub);
  for (const [kind, names] of Object.entries(kinds)) {
    for (const name of names) if (name in claims) assert.equal(typeof claims[name], kind, name);
  }
  if ('address' in claims) {
    assert.ok(claims.address && !Array.isArray(claims.address));
    for (const [name, value] of Object.entries(claims.address)) assert.equal(typeof value, 'string', name);
  }
  if ('birthdate' in claims) assert.match(claims.birthdate, /^\d{4}(-\d\d-\d\d)?$/);
  // Milliseconds, as clients written for this API expect; OpenID Connect Core §5.1 says seconds. See README.md.
  if ('updated_at' in claims) assert.ok(Math.abs(claims.updated_at / 1000 - now()) < 3600, `updated_at ${claims.updated_at}`);
  return claims;
};
