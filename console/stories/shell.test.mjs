// The frame around all pages: addresses, the session, languages, appearance, failures.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { looks } from './harness/browser.mjs';
import { inBrowser } from './harness/run.mjs';
import { signIn, startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

test('a deep link survives signing in', async () => {
  await world.visit().then(({ close }) => close());
  await inBrowser(world.visitor(), async ({ page }) => {
    await page.goto(world.url('api-resources/management-api?tab=general'));
    await signIn(page);
    await page.getByRole('tab', { name: 'General', selected: true }).waitFor();
    assert.equal(page.url(), world.url('api-resources/management-api?tab=general'));
  });
});

test('back and forward walk through the pages', async () => {
  await inBrowser(world.visit('dashboard'), async ({ page }) => {
    await page.getByRole('navigation').getByRole('link', { name: 'API resources' }).click();
    await page.getByRole('heading', { name: 'API resources', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Logto Management API' }).click();
    await page.getByRole('heading', { name: 'Logto Management API' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'API resources', level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
  });
});

test('an address that leads nowhere says so, and leads on', async () => {
  await inBrowser(world.visit('nothing/at/all'), async ({ page, holds }) => {
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await holds('not-found');
    await page.getByRole('link', { name: 'To the dashboard' }).click();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
  });
});

test('the navigation opens on a phone and closes when it was used', async () => {
  await inBrowser(world.visit('dashboard', { size: 'phone' }), async ({ page, holds }) => {
    await page.getByRole('button', { name: 'Open the navigation' }).click();
    await holds('navigation');
    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('heading', { name: 'Roles' }).waitFor();
    await page.getByRole('button', { name: 'Open the navigation' }).waitFor();
  });
});

test('language and appearance change at once and stay', async () => {
  await inBrowser(world.visit('roles'), async ({ page, holds }) => {
    await page.getByRole('button', { name: 'Your account' }).click();
    await holds('account-menu');
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await page.getByRole('menuitemradio', { name: '简体中文' }).click();
    await page.getByRole('heading', { name: '角色' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '角色' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme), 'dark');
  });
});

test('a session that has ended is said over the page, and signing in comes back to it', async () => {
  await inBrowser(world.visit('api-resources'), async ({ page, expects, holds }) => {
    expects(/Logto requester error/);
    await page.route('**/oidc/token', (route) =>
      route.fulfill({
        status: 400,
        json: { error: 'invalid_grant', code: 'oidc.invalid_grant', message: 'grant request is invalid' },
      }),
    );
    await page.evaluate(() => {
      for (const key of Object.keys(localStorage).filter((name) => name.includes('accessToken'))) localStorage.removeItem(key);
    });
    await page.reload();
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    await holds('session-over');
    await page.unroute('**/oidc/token');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('link', { name: 'Logto Management API' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/console/api-resources');
  });
});

test('a server that fails to give tokens is no session that ended', async () => {
  await inBrowser(world.visit('api-resources'), async ({ page, expects }) => {
    expects(/503|Logto requester error/);
    await page.route('**/oidc/token', (route) => route.fulfill({ status: 503, body: 'no' }));
    await page.evaluate(() => {
      for (const key of Object.keys(localStorage).filter((name) => name.includes('accessToken'))) localStorage.removeItem(key);
    });
    await page.reload();
    await page.getByRole('alert').getByText('The server failed (503)').waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);
  });
});

test('a link to what was deleted leads back to its list, and one beyond the last page to that', async () => {
  await inBrowser(world.visit('roles/nothing'), async ({ page, holds }) => {
    await page.getByRole('heading', { name: 'This does not exist' }).waitFor();
    assert.equal(await page.title(), 'This does not exist · Signet');
    await holds('gone');
    await page.getByRole('link', { name: 'Back to: Roles' }).click();
    await page.getByRole('heading', { name: 'Roles' }).waitFor();
    await page.goto(world.url('roles?page=7'));
    await page.getByRole('link', { name: 'Logto Management API access' }).waitFor();
    assert.equal(new URL(page.url()).search, '');
  });
});

test('signing out ends the session here and at the server', async () => {
  await world.visit().then(({ close }) => close());
  await inBrowser(world.visitor(), async ({ page }) => {
    await page.goto(world.url('dashboard'));
    await signIn(page);
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.locator('#password').waitFor();
  });
});

test('a list says that it failed, and tries again when asked', async () => {
  for (const look of looks) {
    await inBrowser(world.visit('dashboard', look), async ({ page, expects, holds }) => {
      expects(/503/);
      // Asking is tried three times before it counts as failed.
      await page.route('**/api/resources?*', (route) =>
        route.fulfill({ status: 503, json: { message: 'the database cannot be reached' } }),
      );
      await page.goto(world.url('api-resources'));
      await page.getByRole('alert').getByText('The server failed (503)').waitFor();
      await holds('list-failed');
      await page.unroute('**/api/resources?*');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('link', { name: 'Logto Management API' }).waitFor();
    });
  }
});
