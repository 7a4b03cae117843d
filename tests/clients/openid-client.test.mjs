// `openid-client` as it is published, against a running Signet; tokens are verified with `jose`.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createRemoteJWKSet, exportJWK, jwtVerify } from 'jose';
import * as oauth from 'openid-client';
import { administratorOf } from './administrator.mjs';
import { startSignet } from './signet.mjs';

const indicator = 'https://orders.example/api';
const methods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'];

let signet;
let administrator;
let orders;

before(async () => {
  signet = await startSignet();
  administrator = await administratorOf(signet);
  orders = await administrator.resource(indicator, 'read', 'write');
});
after(() => signet?.stop());

/** Finds the endpoints and authenticates as the client. The loopback address has no TLS. */
const discover = ({ clientId }, authentication) =>
  oauth.discovery(new URL(signet.issuer), clientId, undefined, authentication, { execute: [oauth.allowInsecureRequests] });

const readOnly = (name, metadata) => administrator.machine(name, [orders.scopeIds[0]], metadata);

const grant = (configuration, parameters = {}) =>
  oauth.clientCredentialsGrant(configuration, { resource: indicator, scope: 'read write', ...parameters });

/** Checks a token as an API would, with the published keys. */
const verify = async (configuration, token) => {
  const { jwks_uri: keys, issuer } = configuration.serverMetadata();
  const options = { issuer, audience: indicator, typ: 'at+jwt', requiredClaims: ['exp', 'iat', 'jti', 'sub', 'client_id'] };
  return jwtVerify(token, createRemoteJWKSet(new URL(keys)), options);
};

const grantsTo = async (client, authentication) => {
  const configuration = await discover(client, authentication);
  const tokens = await grant(configuration);
  assert.equal(tokens.token_type, 'bearer');
  assert.equal(tokens.expires_in, 3600);
  assert.equal(tokens.scope, 'read', 'a scope that no role gives is left out');
  const { payload, protectedHeader } = await verify(configuration, tokens.access_token);
  assert.equal(protectedHeader.alg, 'ES384');
  assert.equal(payload.sub, client.clientId);
  assert.equal(payload.client_id, client.clientId);
  assert.equal(payload.scope, 'read');
  assert.equal(payload.exp - payload.iat, 3600);
};

const keyPair = async (algorithm, parameters) => {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(parameters, true, ['sign', 'verify']);
  const jwk = { ...(await exportJWK(publicKey)), kid: `${algorithm} key`, alg: algorithm, use: 'sig' };
  return { jwk, authentication: () => oauth.PrivateKeyJwt({ key: privateKey, kid: jwk.kid }) };
};

describe('discovery', () => {
  it('names what the client needs', async () => {
    const metadata = (await discover(signet.management)).serverMetadata();
    assert.equal(metadata.issuer, signet.issuer);
    assert.equal(metadata.token_endpoint, `${signet.issuer}/token`);
    for (const method of methods) assert.ok(metadata.token_endpoint_auth_methods_supported.includes(method), method);
    assert.ok(metadata.grant_types_supported.includes('client_credentials'));
  });

  it('is each tenant\'s own', async () => {
    const admin = await oauth.discovery(new URL(`${signet.adminEndpoint}/oidc`), 'any', undefined, undefined, {
      execute: [oauth.allowInsecureRequests],
    });
    assert.equal(admin.serverMetadata().issuer, `${signet.adminEndpoint}/oidc`);
  });
});

describe('client credentials', () => {
  it('work with client_secret_basic', async () => {
    const client = await readOnly('basic');
    await grantsTo(client, oauth.ClientSecretBasic(client.clientSecret));
  });

  it('work with client_secret_post', async () => {
    const client = await readOnly('post');
    await grantsTo(client, oauth.ClientSecretPost(client.clientSecret));
  });

  it('work with client_secret_jwt', async () => {
    const client = await readOnly('secret jwt', { tokenEndpointAuthMethod: 'client_secret_jwt' });
    await grantsTo(client, oauth.ClientSecretJwt(client.clientSecret));
  });

  for (const [algorithm, parameters] of [
    ['ES256', { name: 'ECDSA', namedCurve: 'P-256' }],
    ['ES384', { name: 'ECDSA', namedCurve: 'P-384' }],
    ['ES512', { name: 'ECDSA', namedCurve: 'P-521' }],
    ['RS256', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }],
    ['PS256', { name: 'RSA-PSS', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }],
    ['EdDSA', { name: 'Ed25519' }],
  ]) {
    it(`work with private_key_jwt and ${algorithm}`, async () => {
      const { jwk, authentication } = await keyPair(algorithm, parameters);
      const client = await readOnly(algorithm, { tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [jwk] } });
      await grantsTo(client, authentication());
    });
  }

  it('are refused when an assertion is used again', async () => {
    const client = await readOnly('replay', { tokenEndpointAuthMethod: 'client_secret_jwt' });
    const once = oauth.ClientSecretJwt(client.clientSecret, {
      [oauth.modifyAssertion]: (_header, payload) => (payload.jti = 'always the same'),
    });
    const configuration = await discover(client, once);
    await grant(configuration);
    await assert.rejects(grant(configuration), { error: 'invalid_client', status: 401 });
  });

  it('are refused with a wrong secret, in a way that the client understands', async () => {
    const client = await readOnly('wrong');
    await assert.rejects(grant(await discover(client, oauth.ClientSecretPost('wrong'))), {
      error: 'invalid_client',
      error_description: 'client authentication failed',
      status: 401,
    });
    await assert.rejects(grant(await discover(client, oauth.ClientSecretBasic('wrong'))), ({ cause }) => {
      const [challenge] = cause;
      assert.equal(challenge.scheme, 'basic');
      assert.equal(challenge.parameters.realm, signet.issuer);
      assert.equal(challenge.parameters.error, 'invalid_client');
      return true;
    });
  });

  it('are refused for an unknown resource', async () => {
    const client = await readOnly('lost');
    const configuration = await discover(client, oauth.ClientSecretBasic(client.clientSecret));
    await assert.rejects(grant(configuration, { resource: 'https://nobody.example' }), { error: 'invalid_target', status: 400 });
  });

  it('verify with the old key and the new one while keys rotate', async () => {
    const client = await readOnly('rotation');
    const configuration = await discover(client, oauth.ClientSecretBasic(client.clientSecret));
    const before = await grant(configuration);
    await administrator.api('POST', '/configs/oidc/private-keys/rotate', { signingKeyAlgorithm: 'EC' });
    const after = await grant(configuration);
    const [{ protectedHeader: old }, { protectedHeader: young }] = [
      await verify(configuration, before.access_token),
      await verify(configuration, after.access_token),
    ];
    assert.notEqual(old.kid, young.kid);
  });
});

describe('introspection and revocation', () => {
  it('know nothing of unknown tokens, and say so of structured ones', async () => {
    const client = await readOnly('introspection');
    const configuration = await discover(client, oauth.ClientSecretBasic(client.clientSecret));
    assert.deepEqual(await oauth.tokenIntrospection(configuration, 'unknown'), { active: false });
    await oauth.tokenRevocation(configuration, 'unknown');
    const { access_token: token } = await grant(configuration);
    await assert.rejects(oauth.tokenIntrospection(configuration, token), { error: 'unsupported_token_type', status: 400 });
    await assert.rejects(oauth.tokenRevocation(configuration, token), { error: 'unsupported_token_type', status: 400 });
  });
});
