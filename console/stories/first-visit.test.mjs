// From an empty server to its dashboard.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { looks } from './harness/browser.mjs';
import { inBrowser } from './harness/run.mjs';
import { registerFirstAdministrator, startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

test('the first visit welcomes whoever comes first', async () => {
  for (const look of looks) {
    await inBrowser(world.visitor(look), async ({ page, holds }) => {
      await page.goto(new URL('/', world.url('')).href);
      await page.getByRole('heading', { name: 'Welcome to Signet' }).waitFor();
      assert.equal(page.url(), world.url('welcome'));
      await holds('welcome');
    });
  }
});

test('whoever registers first administers the server, and nobody after them', async () => {
  await inBrowser(world.visitor(), async ({ page, hosts }) => {
    await page.goto(world.url('welcome'));
    await registerFirstAdministrator(page);
    assert.equal(page.url(), world.url('dashboard'));
    const ours = [world.server.endpoint, world.server.console].map((url) => new URL(url).host);
    assert.deepEqual(
      [...hosts].filter((host) => !ours.includes(host)),
      [],
    );
  });
  await inBrowser(world.visitor(), async ({ page }) => {
    await page.goto(world.url('welcome'));
    await page.locator('#password').waitFor();
    assert.match(new URL(page.url()).pathname, /sign-in/);
    assert.equal(await page.getByRole('link', { name: /create|register/i }).count(), 0);
  });
});
