// What an administrator does before a client can ask for tokens or a person can sign in, with plain requests.
import assert from 'node:assert/strict';
import { managementApi } from './signet.mjs';

export const administratorOf = async ({ endpoint, management }) => {
  const granted = await fetch(`${endpoint}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${management.clientId}:${management.clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: managementApi, scope: 'all' }),
  });
  const { access_token: token } = await granted.json();
  assert.equal(granted.status, 200);

  const api = async (method, path, body) => {
    const answer = await fetch(`${endpoint}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path} answered ${answer.status} ${text}`);
    return answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  };

  /** An API resource with scopes, whose ids are in `scopeIds`. */
  const resource = async (indicator, ...names) => {
    const made = await api('POST', '/resources', { name: indicator, indicator });
    const scopes = [];
    for (const name of names) scopes.push(await api('POST', `/resources/${made.id}/scopes`, { name }));
    return { ...made, scopeIds: scopes.map(({ id }) => id) };
  };

  /** A machine that may have these scopes. */
  const machine = async (name, scopeIds, oidcClientMetadata) => {
    const metadata = oidcClientMetadata && { redirectUris: [], postLogoutRedirectUris: [], ...oidcClientMetadata };
    const application = { name, type: 'MachineToMachine', ...(metadata && { oidcClientMetadata: metadata }) };
    const { id } = await api('POST', '/applications', application);
    const role = { name: `${name} ${id}`, description: 'for a test', type: 'MachineToMachine', scopeIds };
    const { id: roleId } = await api('POST', '/roles', role);
    await api('POST', `/applications/${id}/roles`, { roleIds: [roleId] });
    const [{ value }] = await api('GET', `/applications/${id}/secrets`);
    return { clientId: id, clientSecret: value };
  };

  /** An application that people sign in to, with its secret when its type has one. */
  const application = async (type, { oidcClientMetadata, ...settings } = {}) => {
    const metadata = { redirectUris: [], postLogoutRedirectUris: [], ...oidcClientMetadata };
    const body = { name: `${type} for a test`, type, oidcClientMetadata: metadata, ...settings };
    const { id } = await api('POST', '/applications', body);
    const secrets = type === 'Traditional' ? await api('GET', `/applications/${id}/secrets`) : [];
    return { clientId: id, clientSecret: secrets[0]?.value, redirectUri: metadata.redirectUris[0] };
  };

  /** Somebody who can sign in with a password. */
  const person = async (username, fields = {}) => {
    const password = `${username} has 1 long password`;
    const { id } = await api('POST', '/users', { username, password, ...fields });
    return { id, username, password };
  };

  return { api, resource, machine, application, person };
};
