// Config plan: what the provider says about itself (OpenID Connect Discovery §3 and §4).
import assert from 'node:assert/strict';
import { publishedKeys } from '../checks.mjs';

/** Members of Discovery §3, RFC 8414 §2, RFC 9126 §5, RFC 9207 §3, RFC 8628 §4 and the logout specifications. */
const kinds = {
  string: [
    'issuer', 'authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri', 'introspection_endpoint',
    'revocation_endpoint', 'end_session_endpoint', 'device_authorization_endpoint', 'pushed_authorization_request_endpoint',
    'registration_endpoint', 'service_documentation', 'op_policy_uri', 'op_tos_uri',
  ],
  boolean: [
    'claims_parameter_supported', 'request_parameter_supported', 'request_uri_parameter_supported', 'require_request_uri_registration',
    'authorization_response_iss_parameter_supported', 'backchannel_logout_supported', 'backchannel_logout_session_supported',
    'require_pushed_authorization_requests', 'client_id_metadata_document_supported',
  ],
  array: [
    'scopes_supported', 'response_types_supported', 'response_modes_supported', 'grant_types_supported', 'acr_values_supported',
    'subject_types_supported', 'id_token_signing_alg_values_supported', 'token_endpoint_auth_methods_supported',
    'token_endpoint_auth_signing_alg_values_supported', 'introspection_endpoint_auth_methods_supported',
    'introspection_endpoint_auth_signing_alg_values_supported', 'revocation_endpoint_auth_methods_supported',
    'revocation_endpoint_auth_signing_alg_values_supported', 'display_values_supported', 'claim_types_supported', 'claims_supported',
    'claims_locales_supported', 'ui_locales_supported', 'code_challenge_methods_supported', 'userinfo_signing_alg_values_supported',
    'request_object_signing_alg_values_supported', 'dpop_signing_alg_values_supported', 'prompt_values_supported',
  ],
};
const kindOf = new Map(Object.entries(kinds).flatMap(([kind, names]) => names.map((name) => [name, kind])));

const checkSchema = (metadata) => {
  for (const [name, value] of Object.entries(metadata)) {
    const kind = kindOf.get(name);
    assert.ok(kind, `${name} is a member that no specification knows`);
    assert.equal(Array.isArray(value) ? 'array' : typeof value, kind, name);
    if (kind !== 'array') continue;
    assert.ok(value.length > 0, `${name} is empty, and should be left out`);
    assert.equal(new Set(value).size, value.length, `${name} repeats a value`);
    for (const item of value) assert.equal(typeof item, 'string', name);
  }
};

const checkUrls = (op) => {
  const { metadata, issuer } = op;
  assert.equal(metadata.issuer, issuer);
  assert.equal(op.discovery.url.href, `${metadata.issuer}/.well-known/openid-configuration`);
  const { protocol, search, hash } = new URL(metadata.issuer);
  assert.deepEqual([protocol, search, hash], ['https:', '', '']);
  for (const name of ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri']) assert.ok(metadata[name], name);
  for (const [name, value] of Object.entries(metadata)) {
    if (!/_endpoint$|_uri$/.test(name)) continue;
    const url = new URL(value);
    assert.equal(url.protocol, 'https:', name);
    assert.equal(url.hash, '', name);
  }
};

const includes = (metadata, name, ...values) => {
  for (const value of values) assert.ok(metadata[name]?.includes(value), `${name} lacks ${value}`);
};

const checkValues = (metadata) => {
  includes(metadata, 'response_types_supported', 'code');
  includes(metadata, 'grant_types_supported', 'authorization_code', 'refresh_token');
  includes(metadata, 'id_token_signing_alg_values_supported', 'RS256');
  includes(metadata, 'scopes_supported', 'openid');
  includes(metadata, 'claims_supported', 'sub', 'iss', 'auth_time', 'name', 'email', 'phone_number', 'address');
  includes(metadata, 'code_challenge_methods_supported', 'S256');
  assert.ok(!metadata.code_challenge_methods_supported.includes('plain'));
  for (const type of metadata.subject_types_supported) assert.ok(['public', 'pairwise'].includes(type), type);
  for (const [name, values] of Object.entries(metadata)) if (name.endsWith('_alg_values_supported')) assert.ok(!values.includes('none'), name);
  // RFC 6749 §3.3 and RFC 5646 §2.1.
  for (const scope of metadata.scopes_supported) assert.match(scope, /^[\x21\x23-\x5b\x5d-\x7e]+$/);
  for (const tag of [...(metadata.ui_locales_supported ?? []), ...(metadata.claims_locales_supported ?? [])]) {
    assert.equal(Intl.getCanonicalLocales(tag)[0], tag);
  }
};

/** What is advertised is there: no endpoint answers that it does not exist. */
const checkPresence = async (op) => {
  for (const [name, value] of Object.entries(op.metadata)) {
    if (!/_endpoint$/.test(name)) continue;
    const answer = await op.send(value, /authorization_endpoint$|userinfo|end_session/.test(name) && !/device/.test(name) ? {} : { form: {} });
    assert.ok(answer.status < 500 && answer.status !== 404 && answer.status !== 405, `${name} answers ${answer.status}`);
  }
};

export const config = {
  'oidcc-discovery-endpoint-verification': {
    run: async (op) => {
      assert.equal(op.discovery.status, 200);
      assert.match(op.discovery.headers.get('content-type'), /^application\/json/);
      checkSchema(op.metadata);
      checkUrls(op);
      checkValues(op.metadata);
      const keys = await publishedKeys(op);
      assert.ok(keys.some(({ kty, alg }) => kty === 'RSA' && (alg ?? 'RS256') === 'RS256'), 'a key for RS256 is published');
      await checkPresence(op);
    },
    notices: [
      'a private key is published', 'unsigned ID tokens are offered', 'the discovery document is of another issuer',
      'an endpoint is not protected by TLS', 'RS256 is not offered', 'the discovery document has a member of its own',
      'the discovery document is called text',
    ],
  },
};
