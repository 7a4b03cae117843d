// What the relying party of a module does: it asks for authorization, redeems the code, and asks who signed in.
import { randomBytes } from 'node:crypto';
import { checkAuthorization, checkIdToken, checkTokens, checkUserinfo } from './checks.mjs';

export const random = (bytes = 16) => randomBytes(bytes).toString('base64url');

const withoutUndefined = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** The parameters of an authorization request; one that is undefined is left out. */
export const parametersFor = (client, changes = {}) =>
  withoutUndefined({
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    scope: 'openid',
    state: random(),
    nonce: random(),
    ...changes,
  });

/** Sends the browser to the authorization endpoint; what comes of it, with what was sent as `sent`. */
export const authorize = async (op, client, { browser, person, method = 'GET', ...changes }) => {
  const sent = parametersFor(client, changes);
  const endpoint = op.metadata.authorization_endpoint;
  const answer =
    method === 'POST'
      ? await browser.visit(endpoint, { person, method, form: sent })
      : await browser.visit(`${endpoint}?${new URLSearchParams(sent)}`, { person });
  return { ...answer, sent };
};

const basic = ({ clientId, clientSecret }) =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}`;

/** A token request with `client_secret_basic`, or with `client_secret_post`. */
export const askForTokens = (op, client, form, { method = 'client_secret_basic' } = {}) => {
  const endpoint = op.metadata.token_endpoint;
  if (method === 'client_secret_basic') return op.send(endpoint, { headers: { authorization: basic(client) }, form });
  return op.send(endpoint, { form: { ...form, client_id: client.clientId, client_secret: client.clientSecret } });
};

export const redeem = (op, client, code, { method, ...extra } = {}) =>
  askForTokens(op, client, { grant_type: 'authorization_code', code, redirect_uri: client.redirectUri, ...extra }, { method });

export const refresh = (op, client, token) => askForTokens(op, client, { grant_type: 'refresh_token', refresh_token: token });

/** Asks for claims with the token in the header. */
export const askUserinfo = (op, token, method = 'GET') =>
  op.send(op.metadata.userinfo_endpoint, { method, headers: { authorization: `Bearer ${token}` } });

/** Signs somebody in and checks each answer on the way. */
export const signIn = async (op, client, { redeeming, ...options }) => {
  const authorized = await authorize(op, client, options);
  const code = checkAuthorization(op, client, authorized);
  const tokens = checkTokens(await redeem(op, client, code, redeeming));
  const claims = await checkIdToken(op, client, tokens, { ...authorized.sent, code });
  return { ...authorized, code, tokens, claims };
};

/** The same, and userinfo must know the person. */
export const signInAndAsk = async (op, client, options) => {
  const signedIn = await signIn(op, client, options);
  const userinfo = checkUserinfo(await askUserinfo(op, signedIn.tokens.access_token), signedIn.claims);
  return { ...signedIn, userinfo };
};
