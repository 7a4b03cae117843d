// Basic plan: redirect URIs that are not registered, and request objects, which may be refused but never ignored.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { UnsecuredJWT } from 'jose';
import { checkErrorPage, checkRefusal, checkTokenError } from '../checks.mjs';
import { authorize, parametersFor, random, redeem, signInAndAsk } from '../relying-party.mjs';

const elsewhere = 'https://rp.example/somewhere-else';

/** An unsigned request object with all parameters (OpenID Connect Core §6.1). */
const requestObject = (op, client) =>
  new UnsecuredJWT(parametersFor(client)).setIssuer(client.clientId).setAudience(op.issuer).encode();

/** The request is refused with this error, and nobody was asked to sign in. */
const isUnsupported = async (op, client, parameters, error) => {
  const answer = await authorize(op, client, { browser: op.browser(), ...parameters });
  assert.equal(answer.signIns, 0, 'the parameter is ignored');
  if (answer.callback) {
    checkRefusal(op, client, answer, [error]);
  } else {
    checkErrorPage(answer);
    assert.equal(answer.page.body?.error, error);
  }
};

export const requests = {
  'oidcc-ensure-registered-redirect-uri': {
    run: async (op) => {
      const client = await op.client();
      const hostile = [elsewhere, `${client.redirectUri}/more`, `${client.redirectUri}?foo=bar`, 'https://rp.example.evil.example/callback'];
      for (const redirectUri of hostile) {
        const answer = await authorize(op, client, { browser: op.browser(), redirect_uri: redirectUri });
        assert.equal(answer.signIns, 0);
        checkErrorPage(answer);
      }
    },
    notices: ['every redirect URI is good'],
  },

  'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported': {
    run: async (op) => {
      // OpenID Connect Discovery §3: without a word the parameter counts as supported.
      assert.equal(op.metadata.request_uri_parameter_supported, false);
      await isUnsupported(op, await op.client(), { request_uri: 'https://rp.example/request.jwt' }, 'request_uri_not_supported');
    },
    notices: ['request_uri is ignored', 'errors have another name', 'errors come without state'],
  },

  'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported': {
    run: async (op) => {
      assert.notEqual(op.metadata.request_parameter_supported, true);
      const client = await op.client();
      await isUnsupported(op, client, { request: requestObject(op, client) }, 'request_not_supported');
    },
    notices: ['request is ignored', 'errors have another name', 'errors come without state'],
  },

  'oidcc-ensure-request-object-with-redirect-uri': {
    run: async (op) => {
      const client = await op.client();
      const answer = await authorize(op, client, { browser: op.browser(), request: requestObject(op, client), redirect_uri: elsewhere });
      assert.equal(answer.signIns, 0, 'the request object is ignored');
      if (answer.callback) checkRefusal(op, client, answer, ['request_not_supported']);
      else checkErrorPage(answer);
    },
    notices: ['every redirect URI is good'],
  },

  'oidcc-ensure-request-with-valid-pkce-succeeds': {
    run: async (op) => {
      assert.ok(op.metadata.code_challenge_methods_supported.includes('S256'));
      const verifier = random(48);
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const challenged = { code_challenge: challenge, code_challenge_method: 'S256' };
      const [client, person] = [await op.client(), await op.person()];
      const browser = op.browser();
      await signInAndAsk(op, client, { browser, person, ...challenged, redeeming: { code_verifier: verifier } });
      for (const wrong of [random(48), undefined]) {
        const { callback } = await authorize(op, client, { browser, person, ...challenged });
        const form = wrong === undefined ? {} : { code_verifier: wrong };
        checkTokenError(await redeem(op, client, callback.searchParams.get('code'), form), 'invalid_grant');
      }
    },
    notices: ['code_challenge is ignored', 'state is forgotten'],
  },
};
