// Back-channel logout plan (OpenID Connect Back-Channel Logout 1.0).
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { decodeProtectedHeader } from 'jose';
import { now, verifySignature } from '../checks.mjs';
import { confirmed, isBack, isLoggedOut, logOut } from './logout.mjs';

const event = 'http://schemas.openid.net/event/backchannel-logout';
const patience = 10_000;

/** A relying party that waits to be told, on the address that run.mjs lets the provider call. */
const listen = async () => {
  const told = [];
  const server = createServer(async (incoming, answer) => {
    let body = '';
    for await (const piece of incoming) body += piece;
    told.push({ method: incoming.method, type: incoming.headers['content-type'], form: new URLSearchParams(body) });
    answer.setHeader('cache-control', 'no-store').end();
    server.emit('told');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const first = async () => {
    if (told.length === 0) await once(server, 'told', { signal: AbortSignal.timeout(patience) });
    return told[0];
  };
  return { first, told, uri: `http://127.0.0.1:${server.address().port}/backchannel-logout`, close: () => server.close() };
};

/** Back-Channel Logout §2.4 and §2.6. */
const checkLogoutToken = async (op, client, { method, type, form }, idToken) => {
  assert.equal(method, 'POST');
  assert.match(type, /^application\/x-www-form-urlencoded/);
  assert.deepEqual([...form.keys()], ['logout_token']);
  const token = form.get('logout_token');
  assert.equal(decodeProtectedHeader(token).typ, 'logout+jwt');
  const claims = await verifySignature(op, client, token);
  assert.deepEqual([claims.aud].flat(), [client.clientId]);
  assert.ok(Math.abs(claims.iat - now()) < 60, 'iat is now');
  assert.ok(claims.exp > now() && claims.exp - claims.iat <= 120, 'it expires within two minutes');
  assert.ok(typeof claims.jti === 'string' && claims.jti.length > 0);
  assert.deepEqual(claims.events, { [event]: {} });
  assert.equal('nonce' in claims, false);
  assert.equal(claims.sub, idToken.sub);
  assert.equal(typeof idToken.sid, 'string', 'the ID token names the session');
  assert.equal(claims.sid, idToken.sid);
};

export const backchannel = {
  'oidcc-backchannel-logout-discovery-endpoint-verification': {
    run: async (op) => {
      assert.equal(op.discovery.status, 200);
      assert.equal(op.metadata.backchannel_logout_supported, true);
      assert.equal(op.metadata.backchannel_logout_session_supported, true);
      assert.ok(op.metadata.claims_supported.includes('sid'));
    },
    notices: ['back-channel logout is not offered'],
  },

  'oidcc-backchannel-rp-initiated-logout': {
    run: async (op) => {
      const receiver = await listen();
      try {
        const metadata = { backchannelLogoutUri: receiver.uri, backchannelLogoutSessionRequired: true };
        const ending = await logOut(op, undefined, { oidcClientMetadata: metadata });
        assert.equal(receiver.told.length, 0, 'told before the person has confirmed');
        isBack(await confirmed(ending), ending.client, { state: ending.state });
        await checkLogoutToken(op, ending.client, await receiver.first(), ending.claims);
        await isLoggedOut(op, ending);
      } finally {
        receiver.close();
      }
    },
    notices: ['nobody is logged out', 'state is forgotten', 'the ID token names another session', 'logout tokens are signed with an unknown key'],
  },
};
