// What people store is shown, and never run (security.md 56).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inBrowser } from './harness/run.mjs';
import { startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

/** Ways out of text, attributes, styles and templates; each would leave a mark on the page. */
const hostile = [
  '<img src=x onerror="window.hurt=1">',
  '"><script>window.hurt=1</script>',
  "'><svg onload=window.hurt=1>",
  '</style><script>window.hurt=1</script>',
  '</textarea><iframe srcdoc="<script>parent.hurt=1</script>"></iframe>',
  '{{constructor.constructor("window.hurt=1")()}}',
].join(' ');
/** As much of it as fits into a description. */
const text = hostile.slice(0, 128);
const short = '<img src=x onerror="window.hurt=1">';

/** Everything that has a name, filled with what would hurt; the paths of the pages that show it. */
const store = async () => {
  const { api } = world;
  const metadata = { redirectUris: [`${world.server.endpoint}/back`], postLogoutRedirectUris: [] };
  const application = await api('POST', '/applications', {
    name: text,
    description: text,
    type: 'SPA',
    oidcClientMetadata: metadata,
    customData: { [short]: hostile },
  });
  const resource = await api('POST', '/resources', { name: text, indicator: 'https://hostile.example/"><script>' });
  await api('POST', `/resources/${resource.id}/scopes`, { name: short.replaceAll(' ', '/'), description: text });
  const role = await api('POST', '/roles', { name: short, description: text, type: 'User' });
  const organization = await api('POST', '/organizations', {
    name: short,
    description: text,
    customData: { [short]: hostile },
  });
  const orgRole = await api('POST', '/organization-roles', { name: short, description: text });
  await api('POST', '/organization-scopes', { name: short.replaceAll(' ', '/'), description: text });
  const user = await api('POST', '/users', {
    username: 'mallory',
    name: short,
    avatar: 'https://localhost/"onerror="window.hurt=1',
    customData: { [short]: hostile },
  });
  await api('POST', `/organizations/${organization.id}/users`, { userIds: [user.id] });
  await api('PATCH', '/sign-in-exp', { customCss: `body{color:inherit} ${hostile}` });
  await api('PUT', '/configs/jwt-customizer/access-token', {
    script: `const getCustomJwtClaims = async () => ({ hurt: ${JSON.stringify(hostile)} });\n// ${hostile}`,
  });
  return [
    'dashboard',
    'applications',
    `applications/${application.id}`,
    'api-resources',
    `api-resources/${resource.id}`,
    'roles',
    `roles/${role.id}`,
    'organizations',
    `organizations/${organization.id}`,
    'organization-template',
    `organization-template/${orgRole.id}`,
    'users',
    `users/${user.id}`,
    'sign-in-experience',
    'customize-jwt',
    'customize-jwt/access-token',
    'audit-logs',
    'tenant-settings',
  ];
};

const isUnhurt = async (page, where) =>
  assert.equal(await page.evaluate(() => window.hurt), undefined, `something ran at ${where}`);

test('stored markup, styles and scripts are inert on every page of the console', async () => {
  const paths = await store();
  await inBrowser(world.visit(), async ({ page, hosts }) => {
    page.on('dialog', () => assert.fail('a dialog opened'));
    for (const path of paths) {
      await page.goto(world.url(path));
      await page.locator('#content h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      await isUnhurt(page, path);
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        await page.waitForLoadState('networkidle');
        await isUnhurt(page, `${path}, ${await tab.textContent()}`);
      }
    }
    // A picture may come from elsewhere; nothing else was asked for.
    const ours = [world.server.endpoint, world.server.console].map((url) => new URL(url).host);
    assert.deepEqual(
      [...hosts].filter((host) => !ours.includes(host) && host !== 'localhost'),
      [],
    );
  });
});

test('the policy of the console stops what a page would run if it were fooled', async () => {
  await inBrowser(world.visit('dashboard'), async ({ page }) => {
    const ran = await page.evaluate(async () => {
      const tries = { inline: false, handler: false, evaluated: false, foreign: false };
      const script = document.createElement('script');
      script.textContent = 'window.inline = true';
      document.body.append(script);
      const holder = document.createElement('div');
      holder.innerHTML = '<img src="x" onerror="window.handler = true">';
      document.body.append(holder);
      const foreign = document.createElement('script');
      foreign.src = 'https://elsewhere.example/script.js';
      await new Promise((done) => {
        foreign.onload = () => {
          tries.foreign = true;
          done();
        };
        foreign.onerror = done;
        document.body.append(foreign);
      });
      try {
        // biome-ignore lint/security/noGlobalEval: that it fails is what is looked at
        tries.evaluated = globalThis.eval('true');
      } catch {
        tries.evaluated = false;
      }
      return { ...tries, inline: window.inline ?? false, handler: window.handler ?? false };
    });
    assert.deepEqual(ran, { inline: false, handler: false, evaluated: false, foreign: false });
  });
});
