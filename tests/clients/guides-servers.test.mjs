// The guides for applications on a server and for machines, as they are written: the programs run, a browser signs
// somebody in, and the guide's own API answers with the custom claim.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { administratorOf } from './administrator.mjs';
import { launch } from './chromium.mjs';
import { freePort, guideBlocks, layOut, prepare, runOnce, start, written } from './guide.mjs';
import { startSignet } from './signet.mjs';
import { check, run, stepsOf } from './snippets.mjs';

let signet;
let browser;
let administrator;
let alice;
let organization;
let scopeIds;

before(async () => {
  [signet, browser] = await Promise.all([startSignet(), launch()]);
  administrator = await administratorOf(signet);
  ({ alice, organization, scopeIds } = await prepare(administrator));
});
after(async () => {
  await browser?.close();
  await signet?.stop();
});

/** Lays out a guide at a port of its own in the place of `port`, with an application that returns to `path` and `end`. */
const asWritten = async (name, port, { path, end }) => {
  const here = await freePort();
  const origin = `http://localhost:${here}`;
  const oidcClientMetadata = { redirectUris: [`${origin}${path}`], postLogoutRedirectUris: [`${origin}${end}`] };
  const { clientId, clientSecret } = await administrator.application('Traditional', { oidcClientMetadata });
  const guide = await layOut(name, {
    [written.endpoint]: signet.endpoint,
    [written.appId]: clientId,
    [written.appSecret]: clientSecret,
    [`http://localhost:${port}`]: origin,
    [`listen(${port})`]: `listen(${here})`,
  });
  return { ...guide, port: here, origin };
};

/** Somebody signs in where `begin` leads, and then reads pages of the application. */
const visit = async (begin, use) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const read = async (address) => {
    const answer = await page.goto(address);
    return { status: answer.status(), text: await answer.text() };
  };
  try {
    await begin(page);
    await page.locator('input[autocomplete="username"]').fill(alice.username);
    await page.locator('input[autocomplete="current-password"]').fill(alice.password);
    await page.locator('form button[type="submit"]').first().click();
    await page.getByText(/Signed in as/).waitFor();
    await use({ page, read });
  } finally {
    await context.close();
  }
};

const json = ({ status, text }) => {
  assert.equal(status, 200, text);
  return JSON.parse(text);
};

const ofOrganization = () => `urn:logto:organization:${organization.id}`;

describe('the guide', () => {
  it('to express signs a person in, calls its own API, and gets organization tokens', async () => {
    const guide = await asWritten('express', 3000, { path: '/logto/sign-in-callback', end: '' });
    const program = await start('node', ['app.mjs'], { cwd: guide.directory, port: guide.port });
    try {
      const begin = async (page) => {
        await page.goto(guide.origin);
        await page.getByRole('link', { name: 'Sign in' }).click();
      };
      await visit(begin, async ({ page, read }) => {
        assert.equal(await page.locator('body').textContent(), 'Signed in as Alice');
        assert.deepEqual(json(await read(`${guide.origin}/orders`)), { owner: alice.id, tier: 'gold' });
        const [claims] = json(await read(`${guide.origin}/organizations`));
        assert.deepEqual([claims.aud, claims.tier], [ofOrganization(), 'gold']);
        await page.goto(`${guide.origin}/logto/sign-out`);
        await page.getByRole('link', { name: 'Sign in' }).waitFor();
      });
      const refused = await fetch(`${guide.origin}/api/orders`, { headers: { authorization: 'Bearer nothing' } });
      assert.equal(refused.status, 401);
    } finally {
      await program.stop();
      await guide.remove();
    }
  });

  it('to any client of OpenID Connect signs a person in, and gets tokens for the API and an organization', async () => {
    const guide = await asWritten('openid-connect', 3000, { path: '/callback', end: '/' });
    const program = await start('node', ['sign-in.mjs'], { cwd: guide.directory, port: guide.port });
    try {
      await visit((page) => page.goto(`${guide.origin}/sign-in`), async ({ read }) => {
        const claims = json(await read(`${guide.origin}/token`));
        assert.deepEqual([claims.aud, claims.sub, claims.scope, claims.tier], [written.api, alice.id, written.permission, 'gold']);
        assert.equal(json(await read(`${guide.origin}/organization`)).aud, ofOrganization());
      });
    } finally {
      await program.stop();
      await guide.remove();
    }
  });

  it('to next signs a person in, calls its own API, and gets an organization token', async () => {
    const guide = await asWritten('next', 3000, { path: '/callback', end: '/' });
    const env = { NEXT_TELEMETRY_DISABLED: '1' };
    const parameters = ['node_modules/next/dist/bin/next', 'dev', '--webpack', '--port', `${guide.port}`];
    const program = await start('node', parameters, { cwd: guide.directory, port: guide.port, env, within: 120_000 });
    try {
      const begin = async (page) => {
        await page.goto(`${guide.origin}/`, { timeout: 120_000 });
        await page.getByRole('button', { name: 'Sign in' }).click();
      };
      await visit(begin, async ({ page, read }) => {
        await page.getByText('Signed in as Alice').waitFor();
        assert.deepEqual(json(await read(`${guide.origin}/orders`)), { owner: alice.id, tier: 'gold' });
        assert.equal(json(await read(`${guide.origin}/organization`)).aud, ofOrganization());
      });
    } catch (error) {
      throw new Error(`${error.message}\n${program.log()}`);
    } finally {
      await program.stop();
      await guide.remove();
    }
  });

  it('to python signs a person in, and has an API that takes its token', async (context) => {
    const guide = await asWritten('python', 5000, { path: '/callback', end: '/' });
    const environment = await mkdtemp(join(tmpdir(), 'signet-python-'));
    const python = join(environment, 'bin/python3');
    try {
      try {
        await runOnce('python3', ['-m', 'venv', environment], { cwd: environment });
        const packages = ['logto', 'flask[async]', 'pyjwt[crypto]'];
        await runOnce(python, ['-m', 'pip', 'install', '--quiet', ...packages], { cwd: environment });
      } catch (error) {
        context.skip(`the packages cannot be installed here: ${error.message.slice(0, 200)}`);
        return;
      }
      const parameters = ['-m', 'flask', '--app', 'app', 'run', '--port', `${guide.port}`];
      const program = await start(python, parameters, { cwd: guide.directory, port: guide.port });
      try {
        await visit((page) => page.goto(`${guide.origin}/sign-in`), async ({ page, read }) => {
          assert.equal(await page.locator('body').textContent(), 'Signed in as Alice');
          const { token } = json(await read(`${guide.origin}/token`));
          const headers = { authorization: `Bearer ${token}` };
          const orders = await fetch(`${guide.origin}/api/orders`, { headers });
          assert.deepEqual(await orders.json(), { owner: alice.id, tier: 'gold' });
          assert.equal((await fetch(`${guide.origin}/api/orders`)).status, 401);
          assert.equal(decodeJwt(json(await read(`${guide.origin}/organization`)).token).aud, ofOrganization());
        });
      } catch (error) {
        throw new Error(`${error.message}\n${program.log()}`);
      } finally {
        await program.stop();
      }
    } finally {
      await guide.remove();
      await rm(environment, { recursive: true, force: true });
    }
  });

  it('to machines gets tokens, and has an API that takes them', async () => {
    const { clientId, clientSecret } = await administrator.machine('nightly', scopeIds);
    await administrator.api('PATCH', `/applications/${clientId}/custom-data`, { tier: 'silver' });
    await administrator.api('POST', `/organizations/${organization.id}/applications`, { applicationIds: [clientId] });
    const apiPort = await freePort();
    const values = {
      [written.endpoint]: signet.endpoint,
      [written.appId]: clientId,
      [written.appSecret]: clientSecret,
      'your-organization-id': organization.id,
      'http://localhost:4000': `http://localhost:${apiPort}`,
      'listen(4000)': `listen(${apiPort})`,
    };
    const guide = await layOut('machine-to-machine', values);
    const blocks = await guideBlocks('machine-to-machine');
    const script = blocks.find(({ text }) => text.startsWith('// claims.js\n')).text;
    await administrator.api('PUT', '/configs/jwt-customizer/client-credentials', { script });

    const snippets = blocks.filter(({ section, language }) => section === 'Get a token' && language !== 'js');
    const [step] = stepsOf(snippets);
    const [shown] = await run([{ ...step, text: guide.fill(step.text) }], { directory: guide.directory, env: {} });
    check(step, shown, signet.endpoint);

    const api = await start('node', ['api.mjs'], { cwd: guide.directory, port: apiPort });
    try {
      const answer = JSON.parse(await runOnce('node', ['machine.mjs'], { cwd: guide.directory }));
      assert.deepEqual(answer, { owner: clientId, tier: 'silver' });
      assert.match(await runOnce('node', ['organization.mjs'], { cwd: guide.directory }), /access_token/);
    } finally {
      await api.stop();
      await guide.remove();
    }
  });
});
