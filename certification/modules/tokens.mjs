// Basic plan: codes and refresh tokens at the token endpoint.
import assert from 'node:assert/strict';
import { setTimeout as passing } from 'node:timers/promises';
import { checkIdToken, checkTokenError, checkTokens, checkUserinfo } from '../checks.mjs';
import { askUserinfo, authorize, redeem, refresh, signIn, signInAndAsk } from '../relying-party.mjs';

/** A code is redeemed twice, `later` milliseconds apart. */
const reuse = async (op, later) => {
  const [client, person] = [await op.client(), await op.person()];
  const { code, tokens } = await signInAndAsk(op, client, { browser: op.browser(), person });
  await passing(later);
  checkTokenError(await redeem(op, client, code), 'invalid_grant');
  // RFC 6749 §4.1.2: what was issued for the code is revoked.
  const refused = await askUserinfo(op, tokens.access_token);
  assert.equal(refused.status, 401);
  assert.equal(refused.body?.sub, undefined);
};

const offline = { scope: 'openid offline_access', prompt: 'consent' };

export const tokens = {
  'oidcc-codereuse': {
    run: (op) => reuse(op, 0),
    notices: ['codes work again and again', 'userinfo believes any token'],
  },

  'oidcc-codereuse-30seconds': {
    run: (op) => reuse(op, 30_000),
    notices: ['codes work again and again', 'userinfo believes any token'],
  },

  'oidcc-server-client-secret-post': {
    run: async (op) => {
      assert.ok(op.metadata.token_endpoint_auth_methods_supported.includes('client_secret_post'));
      const [client, person, browser] = [await op.client(), await op.person(), op.browser()];
      const redeeming = { method: 'client_secret_post' };
      await signInAndAsk(op, client, { browser, person, redeeming });
      const wrong = await op.client();
      const { callback } = await authorize(op, client, { browser, person });
      const answer = await redeem(op, { ...client, clientSecret: wrong.clientSecret }, callback.searchParams.get('code'), redeeming);
      assert.equal(answer.status, 401);
      assert.equal(answer.body.error, 'invalid_client');
    },
    notices: ['every secret is good', 'the ID token is for another client', 'state is forgotten'],
  },

  'oidcc-refresh-token': {
    run: async (op) => {
      const [client, other, person] = [await op.client(), await op.client(), await op.person()];
      const first = await signIn(op, client, { browser: op.browser(), person, max_age: '10000', ...offline });
      assert.ok(first.tokens.refresh_token, 'there is a refresh token');
      const second = checkTokens(await refresh(op, client, first.tokens.refresh_token));
      assert.notEqual(second.access_token, first.tokens.access_token);
      checkUserinfo(await askUserinfo(op, second.access_token), first.claims);
      await checkRefreshedIdToken(op, client, first, second);
      const foreign = await signIn(op, other, { browser: op.browser(), person, ...offline });
      checkTokenError(await refresh(op, client, foreign.tokens.refresh_token), 'invalid_grant');
    },
    notices: ['a refreshed ID token is about somebody else', 'a refreshed ID token is for another client', 'refresh tokens are for everybody', 'auth_time is always now'],
  },
};

/** OpenID Connect Core §12.2: whatever identifies the sign-in stays as it was. */
const checkRefreshedIdToken = async (op, client, first, second) => {
  if (second.id_token === undefined) return;
  const nonce = JSON.parse(Buffer.from(second.id_token.split('.')[1], 'base64url')).nonce;
  if (nonce !== undefined) assert.equal(nonce, first.claims.nonce);
  const claims = await checkIdToken(op, client, second, { nonce });
  for (const name of ['iss', 'sub', 'aud', 'auth_time', 'azp']) assert.deepEqual(claims[name], first.claims[name], name);
  assert.ok(claims.iat >= first.claims.iat);
};
