// An application of somebody else: set up in the console, allowed by a person, seen and revoked in the console.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { inBrowser } from './harness/run.mjs';
import { signIn, startWorld } from './harness/world.mjs';

let world;
let partner;
let redirectUri;

before(async () => {
  world = await startWorld();
  partner = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<title>Partner</title>'));
  await once(partner.listen(0, '127.0.0.1'), 'listening');
  redirectUri = `http://localhost:${partner.address().port}/callback`;
});

after(async () => {
  partner?.close();
  await world?.stop();
});

const resource = 'https://calendar.example';
const verifier = randomBytes(32).toString('base64url');

const requestOf = (clientId) => {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid offline_access email read:events',
    resource,
    prompt: 'consent',
    state: 'kept',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return `${world.server.endpoint}/oidc/auth?${query}`;
};

const redeem = async (client, parameters) => {
  const answer = await fetch(`${world.server.endpoint}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${client.id}:${client.secret}`)}` },
    body: new URLSearchParams({ resource, ...parameters }),
  });
  return { status: answer.status, body: await answer.json() };
};

test('an administrator lets a partner ask, a person allows it, and the administrator takes it back', async () => {
  const { scopeIds } = await world.resource(resource, 'read:events');
  const role = await world.api('POST', '/roles', { name: 'Reader', description: 'Reads', type: 'User', scopeIds });
  const alice = await world.person('alice', { name: 'Alice', primaryEmail: 'alice@shop.example' });
  await world.api('POST', `/users/${alice.id}/roles`, { roleIds: [role.id] });
  const client = {};

  await inBrowser(world.visit('applications/create?framework=third-party'), async ({ page }) => {
    const dialog = page.getByRole('dialog', { name: 'New application: OpenID Connect' });
    await dialog.getByLabel('Application name').fill('Partner');
    await dialog.getByRole('button', { name: 'Create application' }).click();
    await page.getByRole('heading', { name: 'Guide: OpenID Connect' }).waitFor();
    [, client.id] = /applications\/(\w+)\/guide/.exec(page.url());
    await page.getByRole('link', { name: 'Application settings' }).click();
    await page
      .getByRole('textbox', { name: /^Redirect URIs/ })
      .first()
      .fill(redirectUri);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();
    await page.getByRole('tab', { name: 'Permissions' }).click();
    for (const [list, name] of [
      ['User data', /^email/],
      ['API permissions', /^read:events/],
    ]) {
      await page.getByRole('region', { name: list, exact: true }).getByRole('button', { name: 'Add' }).click();
      await page.getByRole('checkbox', { name }).check();
      await page.getByRole('button', { name: 'Add (1)' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });
  const [{ value }] = await world.api('GET', `/applications/${client.id}/secrets`);
  client.secret = value;

  let refreshToken;
  await inBrowser(world.visitor(), async ({ page }) => {
    await page.goto(requestOf(client.id));
    await signIn(page, alice);
    await page.getByText('Partner').first().waitFor();
    await page.getByText('read:events').first().waitFor();
    await page.getByRole('button', { name: /authorize|allow|continue/i }).click();
    await page.waitForURL(`${redirectUri}?**`);
    const code = new URL(page.url()).searchParams.get('code');
    const { status, body } = await redeem(client, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
    assert.equal(status, 200, JSON.stringify(body));
    assert.match(body.scope, /read:events/);
    refreshToken = body.refresh_token;
  });

  await inBrowser(world.visit(`users/${alice.id}?tab=sessions`), async ({ page, holds }) => {
    const row = page.getByRole('table', { name: 'Grants' }).getByRole('row', { name: /Partner/ });
    await row.waitFor();
    await holds('user-grants');
    await row.getByRole('button', { name: /More actions|Revoke/ }).click();
    const item = page.getByRole('menuitem', { name: 'Revoke grant' });
    if (await item.isVisible()) await item.click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Revoke/ })
      .click();
    await row.waitFor({ state: 'detached' });
  });
  const { status, body } = await redeem(client, { grant_type: 'refresh_token', refresh_token: refreshToken });
  assert.deepEqual([status, body.error], [400, 'invalid_grant']);
});
