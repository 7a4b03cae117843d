// Basic plan: the code flow in its plain form, and with parameters that must not disturb it.
import assert from 'node:assert/strict';
import { decodeProtectedHeader } from 'jose';
import { checkAuthorization, checkIdToken, checkRefusal, checkErrorPage, checkTokens, publishedKeys } from '../checks.mjs';
import { authorize, random, redeem, signIn, signInAndAsk } from '../relying-party.mjs';

/** A new person in a new browser signs in to a new client. */
const somebody = async (op, parameters, check = signInAndAsk) => {
  const [client, person] = [await op.client(), await op.person()];
  const signedIn = await check(op, client, { browser: op.browser(), person, ...parameters });
  assert.equal(signedIn.claims.sub, person.id);
  assert.equal(signedIn.signIns, 1);
  return { client, ...signedIn };
};

/** Sign-in works with these parameters too. */
const worksWith = (parameters, ...notices) => ({
  run: (op) => somebody(op, parameters),
  notices: ['state is forgotten', 'requests with more than the usual parameters are refused', ...notices],
});

const everyTokenFault = [
  'the ID token is for another client',
  'the ID token is of another issuer',
  'the ID token has expired',
  'the ID token was issued in the past',
  'the ID token has another nonce',
  'the ID token has no subject',
  'the ID token has a wrong signature',
  'the ID token names no key',
  'the ID token has a wrong at_hash',
  'the ID token has a wrong c_hash',
];

export const flow = {
  'oidcc-server': {
    run: (op) => somebody(op),
    notices: [
      ...everyTokenFault,
      'state is forgotten',
      'the issuer is not told',
      'userinfo is about somebody else',
      'token answers may be cached',
      'a private key is published',
      'the client is redirected elsewhere',
    ],
  },

  'oidcc-response-type-missing': {
    run: async (op) => {
      const client = await op.client();
      const answer = await authorize(op, client, { browser: op.browser(), response_type: undefined });
      assert.equal(answer.signIns, 0, 'nobody is asked to sign in');
      if (answer.callback) checkRefusal(op, client, answer, ['unsupported_response_type', 'invalid_request']);
      else checkErrorPage(answer);
    },
    notices: ['a missing response type is taken for code', 'errors come without state'],
  },

  'oidcc-idtoken-signature': {
    run: async (op) => {
      const { tokens } = await somebody(op, {}, signIn);
      const { alg, kid } = decodeProtectedHeader(tokens.id_token);
      assert.equal(alg, 'RS256');
      const [key] = (await publishedKeys(op)).filter((key) => key.kid === kid);
      assert.ok(key.alg === undefined || key.alg === 'RS256');
      assert.ok(Buffer.from(key.n, 'base64url').length >= 256, 'the modulus has 2048 bits or more');
    },
    notices: ['the ID token has a wrong signature', 'the ID token names no key', 'the ID token is not signed'],
  },

  'oidcc-idtoken-unsigned': {
    // Tokens without a signature need a provider that offers them. This one must not, and then nobody may register for them.
    run: async (op) => {
      assert.ok(!op.metadata.id_token_signing_alg_values_supported.includes('none'));
      await assert.rejects(op.client({ oidcClientMetadata: { idTokenSignedResponseAlg: 'none' } }), /answered 4\d\d/);
      const { tokens } = await somebody(op, {}, signIn);
      assert.notEqual(decodeProtectedHeader(tokens.id_token).alg, 'none');
    },
    notices: ['the ID token is not signed', 'unsigned ID tokens are offered'],
  },

  'oidcc-ensure-request-without-nonce-succeeds-for-code-flow': {
    run: async (op) => {
      const { claims } = await somebody(op, { nonce: undefined });
      assert.equal(claims.nonce, undefined);
    },
    notices: ['the ID token has another nonce', 'state is forgotten'],
  },

  'oidcc-alternate-happy-flow': {
    run: async (op) => {
      // Other order of parameters and scopes, a long state and nonce with every kind of character, and no consent asked.
      const [client, person, browser] = [await op.client(), await op.person(), op.browser()];
      const strange = `${random(48)} !"#$%&'()*+,/:;<=>?@[\\]^\`{|}~`;
      const sent = { nonce: strange, state: strange, scope: 'email profile openid', redirect_uri: client.redirectUri };
      const query = new URLSearchParams({ ...sent, response_type: 'code', client_id: client.clientId });
      const answer = await browser.visit(`${op.metadata.authorization_endpoint}?${query}`, { person });
      const code = checkAuthorization(op, client, { ...answer, sent });
      const tokens = checkTokens(await redeem(op, client, code));
      const claims = await checkIdToken(op, client, tokens, sent);
      assert.deepEqual(tokens.scope?.split(' ').sort() ?? ['email', 'openid', 'profile'], ['email', 'openid', 'profile']);
      assert.equal(claims.sub, person.id);
    },
    notices: ['state is forgotten', 'the ID token has another nonce', 'state loses its last character'],
  },

  'oidcc-ensure-post-request-succeeds': {
    run: (op) => somebody(op, { method: 'POST' }),
    notices: ['authorization requests cannot be posted', 'state is forgotten'],
  },

  'oidcc-display-page': worksWith({ display: 'page' }),
  'oidcc-display-popup': worksWith({ display: 'popup' }),
  'oidcc-ensure-request-with-unknown-parameter-succeeds': worksWith({ extra: 'foobar' }),
  'oidcc-ui-locales': worksWith({ ui_locales: 'se zh-CN en' }),
  'oidcc-claims-locales': worksWith({ claims_locales: 'se en' }),
  'oidcc-ensure-request-with-acr-values-succeeds': worksWith({ acr_values: '1 2' }, 'the ID token has an acr that nobody asked for'),

  'oidcc-login-hint': {
    run: async (op) => {
      const [client, person, browser] = [await op.client(), await op.person(), op.browser()];
      const hinted = { login_hint: `${person.username}@people.example` };
      const { page, callback } = await authorize(op, client, { browser, ...hinted });
      assert.equal(callback, undefined, `redirected to ${callback}`);
      assert.equal(page.url.searchParams.get('login_hint'), hinted.login_hint, 'the page is told');
      assert.ok(page.status === 200 || page.status === 404, 'the page is shown, or is not part of this provider');
      await signInAndAsk(op, client, { browser: op.browser(), person, ...hinted });
    },
    notices: ['state is forgotten', 'requests with more than the usual parameters are refused'],
  },
};
