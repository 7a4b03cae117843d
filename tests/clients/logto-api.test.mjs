// `@logto/api` as it is published: the Management API client that existing deployments use.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createManagementApi } from '@logto/api/management';
import { decodeJwt } from 'jose';
import { managementApi, startSignet } from './signet.mjs';

let signet;
let client;

before(async () => {
  signet = await startSignet();
  client = clientOf(signet.management);
});
after(() => signet?.stop());

const clientOf = (credentials) =>
  createManagementApi('default', { ...credentials, baseUrl: signet.endpoint, apiIndicator: managementApi }).apiClient;

/** The data of a success with this status. */
const done = async (request, status) => {
  const { data, error, response } = await request;
  assert.equal(response.status, status, `${response.url} answered ${response.status} ${JSON.stringify(error)}`);
  return data;
};

/** The error of a refusal with this status and code. */
const refused = async (request, status, code) => {
  const { data, error, response } = await request;
  assert.deepEqual([response.status, error?.code, data], [status, code, undefined], JSON.stringify(error));
  assert.equal(typeof error.message, 'string');
  return error;
};

const path = (parameters) => ({ params: { path: parameters } });

/** A machine with a role that has these scopes, and its credentials. */
const machine = async (name, scopeIds) => {
  const application = await done(client.POST('/api/applications', { body: { name, type: 'MachineToMachine' } }), 200);
  const body = { name: `${name} role`, description: 'made by a test', type: 'MachineToMachine', scopeIds };
  const role = await done(client.POST('/api/roles', { body }), 200);
  await done(client.POST('/api/roles/{id}/applications', { ...path({ id: role.id }), body: { applicationIds: [application.id] }, parseAs: 'text' }), 201);
  const [secret] = await done(client.GET('/api/applications/{id}/secrets', path({ id: application.id })), 200);
  return { application, role, credentials: { clientId: application.id, clientSecret: secret.value } };
};

describe('the client of the Management API', () => {
  it('finds what a new server has', async () => {
    const resources = await done(client.GET('/api/resources'), 200);
    assert.deepEqual(resources.map(({ indicator }) => indicator), [managementApi]);
    const query = { params: { query: { type: 'MachineToMachine' } } };
    const roles = await done(client.GET('/api/roles', query), 200);
    assert.ok(roles.some(({ name }) => name === 'Logto Management API access'));
    const applications = await done(client.GET('/api/applications'), 200);
    assert.deepEqual(applications.map(({ id }) => id), [signet.management.clientId]);
  });

  it('makes, changes and deletes a resource with its scopes', async () => {
    const indicator = 'https://stock.example/api';
    const made = await done(client.POST('/api/resources', { body: { name: 'Stock', indicator } }), 201);
    assert.equal(made.accessTokenTtl, 3600);
    const id = path({ id: made.id });
    const changed = await done(client.PATCH('/api/resources/{id}', { ...id, body: { accessTokenTtl: 600 } }), 200);
    assert.equal(changed.accessTokenTtl, 600);
    const scope = { ...path({ resourceId: made.id }), body: { name: 'read', description: 'Read the stock' } };
    await done(client.POST('/api/resources/{resourceId}/scopes', scope), 201);
    await refused(client.POST('/api/resources/{resourceId}/scopes', scope), 422, 'scope.name_exists');
    const listed = await done(client.GET('/api/resources', { params: { query: { includeScopes: 'true' } } }), 200);
    assert.deepEqual(listed.find(({ id }) => id === made.id).scopes.map(({ name }) => name), ['read']);
    await done(client.DELETE('/api/resources/{id}', id), 204);
    await refused(client.GET('/api/resources/{id}', id), 404, 'entity.not_exists_with_id');
  });

  it('makes, changes and deletes an application', async () => {
    const body = { name: 'billing', type: 'MachineToMachine', description: null, customData: { tier: 'gold' } };
    const made = await done(client.POST('/api/applications', { body }), 200);
    assert.deepEqual([made.name, made.type, made.customData], ['billing', 'MachineToMachine', { tier: 'gold' }]);
    const id = path({ id: made.id });
    const changed = await done(client.PATCH('/api/applications/{id}', { ...id, body: { description: 'Nightly job' } }), 200);
    assert.equal(changed.description, 'Nightly job');
    await done(client.POST('/api/applications/{id}/secrets', { ...id, body: { name: 'second' } }), 201);
    const secrets = await done(client.GET('/api/applications/{id}/secrets', id), 200);
    assert.equal(secrets.length, 2);
    const found = await done(client.GET('/api/applications', { params: { query: { search: '%BILL%' } } }), 200);
    assert.deepEqual(found.map(({ id }) => id), [made.id]);
    await done(client.DELETE('/api/applications/{id}', id), 204);
    await refused(client.GET('/api/applications/{id}', id), 404, 'entity.not_exists_with_id');
  });

  it('pages through lists', async () => {
    for (const name of ['a', 'b', 'c']) await machine(`page ${name}`, undefined);
    const query = { page: 2, page_size: 2 };
    const { data, response } = await client.GET('/api/applications', { params: { query } });
    assert.equal(data.length, 2);
    assert.ok(Number(response.headers.get('total-number')) >= 4);
    assert.match(response.headers.get('link'), /rel="first"/);
  });

  it('gives a machine the right to use the Management API, and takes it away', async () => {
    const roles = await done(client.GET('/api/roles', { params: { query: { type: 'MachineToMachine' } } }), 200);
    const { id } = roles.find(({ name }) => name === 'Logto Management API access');
    const scopes = await done(client.GET('/api/roles/{id}/scopes', path({ id })), 200);
    const made = await machine('deputy', scopes.map(({ id }) => id));
    assert.ok((await done(clientOf(made.credentials).GET('/api/roles'), 200)).length > 0);
    await done(client.DELETE('/api/roles/{id}', path({ id: made.role.id })), 204);
    await refused(clientOf(made.credentials).GET('/api/roles'), 403, 'auth.forbidden');
  });

  it('stores a claims script, tests it, and finds its audit entry', async () => {
    const script = 'const getCustomJwtClaims = async ({ context }) => ({ caller: context.application.name });';
    const type = path({ tokenTypePath: 'client-credentials' });
    await refused(client.GET('/api/configs/jwt-customizer/{tokenTypePath}', type), 404, 'entity.not_exists_with_id');
    const body = { tokenType: 'client-credentials', script, token: {}, context: { application: { name: 'mock' } } };
    assert.deepEqual(await done(client.POST('/api/configs/jwt-customizer/test', { body }), 200), { caller: 'mock' });
    await done(client.PUT('/api/configs/jwt-customizer/{tokenTypePath}', { ...type, body: { script } }), 201);

    const api = createManagementApi('default', { ...signet.management, baseUrl: signet.endpoint, apiIndicator: managementApi });
    const { value } = await api.clientCredentials.getAccessToken();

    assert.equal(decodeJwt(value).caller, 'Management API access');
    const query = { logKey: 'JwtCustomizer.ClientCredentials', page_size: 1 };
    const [entry] = await done(api.apiClient.GET('/api/logs', { params: { query } }), 200);
    assert.deepEqual(entry.payload.customTokenClaims, { caller: 'Management API access' });
    await done(client.DELETE('/api/configs/jwt-customizer/{tokenTypePath}', type), 204);
  });

  it('reads the OpenAPI document without a token', async () => {
    const stranger = clientOf({ clientId: 'nobody', clientSecret: 'nothing' });
    const document = await done(stranger.GET('/api/.well-known/management.openapi.json'), 200);
    assert.match(document.openapi, /^3\./);
    assert.ok(document.paths['/api/applications']);
  });

  it('is refused without the right credentials', async () => {
    await assert.rejects(clientOf({ ...signet.management, clientSecret: 'wrong' }).GET('/api/roles'), { name: 'ClientCredentialsError' });
    const invalid = { body: { name: '', type: 'Robot' } };
    await refused(client.POST('/api/applications', invalid), 400, 'guard.invalid_input');
  });
});
