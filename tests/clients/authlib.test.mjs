// Authlib as Debian packages it, a Python client; a scripted browser goes where it says.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { administratorOf } from './administrator.mjs';
import { newBrowser } from './browser.mjs';
import { bareEnvironment, startSignet } from './signet.mjs';

const script = fileURLToPath(new URL('authlib_app.py', import.meta.url));
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

/** Lets the script run, browses for it, and returns all that it said. */
const run = async (settings) => {
  const browser = newBrowser();
  // Debian's packages belong to Debian's Python, whatever else is in PATH. Authlib wants TLS unless told otherwise.
  const env = { ...bareEnvironment(), AUTHLIB_INSECURE_TRANSPORT: '1' };
  const child = spawn('/usr/bin/python3', [script, JSON.stringify(settings)], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const said = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const { visit, ...rest } = JSON.parse(line);
    Object.assign(said, rest);
    if (!visit) continue;
    const { callback, page } = await browser.visit(visit, { person: alice });
    const { callback: end } = callback ? { callback } : await browser.press(page);
    child.stdin.write(`${JSON.stringify(end.href)}\n`);
  }
  const [code] = await ended;
  assert.equal(code, 0, 'the script ends well');
  return said;
};

describe('authlib', () => {
  for (const [method, algorithm] of [
    ['client_secret_basic', 'ES384'],
    ['client_secret_post', 'RS256'],
  ]) {
    it(`signs a person in, refreshes, reads userinfo and signs out, with ${method} and ${algorithm}`, async () => {
      const oidcClientMetadata = {
        redirectUris: [redirectUri],
        postLogoutRedirectUris: [postLogoutRedirectUri],
        ...(algorithm === 'RS256' && { idTokenSignedResponseAlg: algorithm }),
      };
      const application = await administrator.application('Traditional', { oidcClientMetadata });
      const said = await run({ issuer: signet.issuer, postLogoutRedirectUri, method, algorithm, ...application });
      assert.equal(said.claims.sub, alice.id);
      assert.equal(said.userinfo.email, 'alice@people.example');
      assert.equal(said.refreshed.sub, alice.id);
      assert.equal(said.back, postLogoutRedirectUri);
      assert.equal(said.introspected.active, true, 'offline access outlives the session');
      assert.equal(said.error, 'invalid_grant', 'a revoked refresh token is refused');
    });
  }
});
