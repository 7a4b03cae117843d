// Every page says that it loads, and says when what it needs could not be had.
import { after, before, test } from 'node:test';
import { inBrowser } from './harness/run.mjs';
import { startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

/** Pages that need an answer of the server; where nothing is answered, any ID will do. */
const pages = [
  'applications',
  'applications/any',
  'api-resources',
  'api-resources/any',
  'roles',
  'roles/any',
  'organizations',
  'organizations/any',
  'organization-template',
  'organization-template/roles/any',
  'users',
  'users/any',
  'sign-in-experience',
  'customize-jwt',
  'customize-jwt/access-token/edit',
  'audit-logs',
  'audit-logs/any',
  'signing-keys',
  'tenant-settings',
  'profile',
];

/** The server's two APIs, wherever they are. */
const isApi = (url) => /^\/(api\/|me($|\/))/.test(url.pathname);

for (const path of pages) {
  test(`${path} says that it loads, and that it failed`, async () => {
    await inBrowser(world.visit('not/there'), async ({ page, holds }) => {
      let refuse;
      const refused = new Promise((resolve) => {
        refuse = resolve;
      });
      await page.route(isApi, async (route) => {
        await refused;
        // A refusal is not tried again, as a failure would be.
        await route.fulfill({
          status: 403,
          json: { code: 'auth.forbidden', message: 'forbidden' },
          headers: { 'access-control-allow-origin': '*' },
        });
      });
      await page.goto(world.url(path));
      await page.locator('[aria-busy="true"]').first().waitFor();
      refuse();
      await page.getByText('Your account may not do this.').first().waitFor();
      await holds(`refused-${path.replaceAll('/', '-')}`);
    });
  });
}
