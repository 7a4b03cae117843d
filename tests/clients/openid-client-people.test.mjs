// `openid-client` as it is published, for people: code flow, pushed requests, refresh, userinfo, introspection, logout.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as oidc from 'openid-client';
import { administratorOf } from './administrator.mjs';
import { newBrowser } from './browser.mjs';
import { startSignet } from './signet.mjs';

const redirectUri = 'https://app.example/callback';
const postLogoutRedirectUri = 'https://app.example/signed-out';

let signet;
let administrator;
let alice;

before(async () => {
  signet = await startSignet();
  administrator = await administratorOf(signet);
  alice = await administrator.person('alice', { name: 'Alice', primaryEmail: 'alice@people.example' });
});
after(() => signet?.stop());

const discover = async (type, metadata) => {
  const oidcClientMetadata = { redirectUris: [redirectUri], postLogoutRedirectUris: [postLogoutRedirectUri], ...metadata };
  const { clientId, clientSecret } = await administrator.application(type, { oidcClientMetadata });
  const authentication = clientSecret ? oidc.ClientSecretBasic(clientSecret) : oidc.None();
  return oidc.discovery(new URL(signet.issuer), clientId, undefined, authentication, { execute: [oidc.allowInsecureRequests] });
};

/** Signs Alice in; `push` sends the request to the server before the browser comes. */
const signIn = async (client, { browser = newBrowser(), push = false, ...extra } = {}) => {
  const verifier = oidc.randomPKCECodeVerifier();
  const expected = { expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() };
  const parameters = {
    redirect_uri: redirectUri,
    scope: 'openid profile email offline_access',
    prompt: 'consent',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: expected.expectedState,
    nonce: expected.expectedNonce,
    ...extra,
  };
  const url = push ? await oidc.buildAuthorizationUrlWithPAR(client, parameters) : oidc.buildAuthorizationUrl(client, parameters);
  const { callback } = await browser.visit(url, { person: alice });
  const tokens = await oidc.authorizationCodeGrant(client, callback, {
    pkceCodeVerifier: verifier,
    ...(extra.max_age && { maxAge: Number(extra.max_age) }),
    ...expected,
  });
  return { browser, tokens, url };
};

const kinds = ['Traditional', 'SPA', 'Native'];

describe('openid-client', () => {
  for (const type of kinds) {
    it(`signs a person in to an application of type ${type}, and refreshes`, async () => {
      const client = await discover(type);
      const { tokens } = await signIn(client);
      assert.equal(tokens.claims().sub, alice.id);
      assert.equal(tokens.claims().email, 'alice@people.example');
      const refreshed = await oidc.refreshTokenGrant(client, tokens.refresh_token);
      assert.notEqual(refreshed.access_token, tokens.access_token);
      assert.equal(refreshed.claims().sub, alice.id);
      const userinfo = await oidc.fetchUserInfo(client, refreshed.access_token, alice.id);
      assert.equal(userinfo.name, 'Alice');
      assert.equal(userinfo.username, 'alice');
    });
  }

  it('accepts an ID token signed with RS256 when the application is registered for it', async () => {
    const client = await discover('Traditional', { idTokenSignedResponseAlg: 'RS256' });
    client.clientMetadata().id_token_signed_response_alg = 'RS256';
    const { tokens } = await signIn(client);
    assert.equal(tokens.claims().sub, alice.id);
  });

  it('pushes its request before the browser comes', async () => {
    const client = await discover('Traditional');
    const { tokens, url } = await signIn(client, { push: true });
    assert.match(url.searchParams.get('request_uri'), /^urn:ietf:params:oauth:request_uri:/);
    assert.equal(tokens.claims().sub, alice.id);
  });

  it('checks the age of a sign-in', async () => {
    const client = await discover('Traditional');
    const { tokens } = await signIn(client, { max_age: '300' });
    assert.equal(typeof tokens.claims().auth_time, 'number');
  });

  it('introspects tokens, and revokes what a grant gave', async () => {
    const client = await discover('Traditional');
    const { tokens } = await signIn(client);
    for (const token of [tokens.access_token, tokens.refresh_token]) {
      const { active, sub, client_id: clientId } = await oidc.tokenIntrospection(client, token);
      assert.deepEqual({ active, sub, clientId }, { active: true, sub: alice.id, clientId: client.clientMetadata().client_id });
    }
    await oidc.tokenRevocation(client, tokens.refresh_token);
    assert.deepEqual(await oidc.tokenIntrospection(client, tokens.access_token), { active: false });
    await assert.rejects(oidc.refreshTokenGrant(client, tokens.refresh_token), { error: 'invalid_grant', status: 400 });
  });

  it('ends the session and comes back', async () => {
    const client = await discover('Traditional');
    const { browser, tokens } = await signIn(client);
    const ending = { id_token_hint: tokens.id_token, post_logout_redirect_uri: postLogoutRedirectUri, state: 'bye' };
    const { page } = await browser.visit(oidc.buildEndSessionUrl(client, ending));
    const { callback } = await browser.press(page);
    assert.equal(callback.href, `${postLogoutRedirectUri}?state=bye`);
    const silent = signIn(client, { browser, prompt: 'none', scope: 'openid' });
    await assert.rejects(silent, { error: 'login_required' });
  });

  it('understands a refusal at the authorization endpoint', async () => {
    const client = await discover('Traditional');
    await assert.rejects(signIn(client, { resource: 'https://nobody.example' }), { error: 'invalid_target' });
  });
});
