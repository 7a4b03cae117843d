// `@logto/node` as it is published, the SDK below those of the server frameworks.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import LogtoClient, { Prompt, UserScope } from '@logto/node';
import { decodeJwt } from 'jose';
import { administratorOf } from './administrator.mjs';
import { newBrowser } from './browser.mjs';
import { startSignet } from './signet.mjs';

const redirectUri = 'https://app.example/callback';
const postLogoutRedirectUri = 'https://app.example/signed-out';
const indicator = 'https://orders.example/api';

let signet;
let application;
let alice;
/** Who reads everywhere, and is admin in Foo. */
let bob;
let [foo, bar, other] = [];

before(async () => {
  signet = await startSignet();
  const administrator = await administratorOf(signet);
  const orders = await administrator.resource(indicator, 'read', 'write');
  alice = await administrator.person('alice', { name: 'Alice', primaryEmail: 'alice@people.example', customData: { shoe: 38 } });
  const role = await administrator.api('POST', '/roles', { name: 'reader', description: 'reads', type: 'User', scopeIds: [orders.scopeIds[0]] });
  bob = await administrator.person('bob');
  for (const { id } of [alice, bob]) await administrator.api('POST', `/users/${id}/roles`, { roleIds: [role.id] });
  const manage = await administrator.api('POST', '/organization-scopes', { name: 'manage' });
  const admin = await administrator.api('POST', '/organization-roles', { name: 'admin', organizationScopeIds: [manage.id], resourceScopeIds: orders.scopeIds });
  const place = (name) => administrator.api('POST', '/organizations', { name });
  [foo, bar, other] = [await place('Foo'), await place('Bar'), await place('Other')];
  for (const { id } of [foo, bar]) await administrator.api('POST', `/organizations/${id}/users`, { userIds: [bob.id] });
  await administrator.api('POST', `/organizations/${foo.id}/users/${bob.id}/roles`, { organizationRoleIds: [admin.id] });
  application = await administrator.application('Traditional', {
    oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [postLogoutRedirectUri] },
  });
});
after(() => signet?.stop());

/** The SDK with a storage of its own; `visited` holds where it sent the browser. */
const newClient = (settings) => {
  const [items, visited] = [new Map(), []];
  const storage = {
    getItem: async (key) => items.get(key) ?? null,
    setItem: async (key, value) => void items.set(key, value),
    removeItem: async (key) => void items.delete(key),
  };
  const config = { endpoint: signet.endpoint, appId: application.clientId, appSecret: application.clientSecret, ...settings };
  return { client: new LogtoClient(config, { navigate: (url) => void visited.push(url), storage }), visited };
};

const signIn = async ({ client, visited }, person = alice, browser = newBrowser()) => {
  await client.signIn({ redirectUri });
  const { callback } = await browser.visit(visited.at(-1), { person });
  await client.handleSignInCallback(callback.href);
  return browser;
};

describe('@logto/node', () => {
  it('signs a person in and reads who it is', async () => {
    const logto = newClient({ scopes: [UserScope.Email, UserScope.CustomData] });
    await signIn(logto);
    assert.ok(await logto.client.isAuthenticated());
    const claims = await logto.client.getIdTokenClaims();
    assert.equal(claims.sub, alice.id);
    assert.equal(claims.aud, application.clientId);
    assert.equal(claims.email, 'alice@people.example');
    const userinfo = await logto.client.fetchUserInfo();
    assert.equal(userinfo.sub, alice.id);
    assert.equal(userinfo.name, 'Alice');
    assert.deepEqual(userinfo.custom_data, { shoe: 38 });
  });

  it('gets a token for an API with its refresh token, and what the person may do', async () => {
    const logto = newClient({ scopes: ['read', 'write'], resources: [indicator], prompt: Prompt.Consent });
    await signIn(logto);
    const refreshToken = await logto.client.getRefreshToken();
    assert.ok(refreshToken);
    const token = decodeJwt(await logto.client.getAccessToken(indicator));
    assert.deepEqual({ aud: token.aud, sub: token.sub, scope: token.scope }, { aud: indicator, sub: alice.id, scope: 'read' });
    await logto.client.clearAccessToken();
    assert.notEqual(decodeJwt(await logto.client.getAccessToken(indicator)).jti, token.jti);
  });

  it('gets tokens for organizations, and for an API in one of them', async () => {
    const scopes = ['read', 'write', 'manage', UserScope.Organizations, UserScope.OrganizationRoles];
    const logto = newClient({ scopes, resources: [indicator], prompt: Prompt.Consent });
    await signIn(logto, bob);
    const about = async ({ id }) => {
      const { aud, scope } = decodeJwt(await logto.client.getOrganizationToken(id));
      return { aud, scope };
    };
    assert.deepEqual(await about(foo), { aud: `urn:logto:organization:${foo.id}`, scope: 'manage' });
    assert.deepEqual(await about(bar), { aud: `urn:logto:organization:${bar.id}`, scope: '' });
    const inside = async ({ id }) => {
      const { aud, organization_id, scope } = decodeJwt(await logto.client.getAccessToken(indicator, id));
      return { aud, organization_id, scope };
    };
    assert.deepEqual(await inside(foo), { aud: indicator, organization_id: foo.id, scope: 'read write' });
    assert.deepEqual(await inside(bar), { aud: indicator, organization_id: bar.id, scope: 'read' });
    await assert.rejects(logto.client.getOrganizationToken(other.id), { code: 'oidc.access_denied' });
    const { organizations, organization_roles: roles } = await logto.client.getIdTokenClaims();
    assert.deepEqual([[...organizations].sort(), roles], [[foo.id, bar.id].sort(), [`${foo.id}:admin`]]);
  });

  it('signs out: of the application, and of the server', async () => {
    const logto = newClient();
    const browser = await signIn(logto);
    await logto.client.signOut(postLogoutRedirectUri);
    assert.equal(await logto.client.isAuthenticated(), false);
    const { page } = await browser.visit(logto.visited.at(-1));
    const { callback } = await browser.press(page);
    assert.equal(callback.href, postLogoutRedirectUri);
    const again = newClient();
    await again.client.signIn({ redirectUri });
    const { signIns } = await browser.visit(again.visited[0], { person: alice });
    assert.equal(signIns, 1);
  });
});
