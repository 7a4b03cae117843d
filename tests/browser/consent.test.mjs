// The page on which a person decides what an application of somebody else may have, and in which organization.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { looks, startChromium, visitor } from './browser.mjs';
import { password, signIn, startEverything } from './people.mjs';

const organizationsScope = 'urn:logto:scope:organizations';
const organizations = 'urn:logto:resource:organizations';
const shop = 'https://shopping.example/';

let world;
let chrome;
let assistant;
let acme;
let globex;

const join = async (user, organization, role) => {
  await world.api('POST', `/organizations/${organization.id}/users`, { userIds: [user.id] });
  if (role) await world.api('POST', `/organizations/${organization.id}/users/${user.id}/roles`, { organizationRoleIds: [role.id] });
};

before(async () => {
  world = await startEverything();
  chrome = await startChromium();
  await world.api('PATCH', '/sign-in-exp', { color: { primaryColor: '#6139F6', isDarkModeEnabled: true, darkPrimaryColor: '#8768F8' } });
  const resource = await world.api('POST', '/resources', { name: 'Shopping', indicator: shop });
  const scope = (name, description) => world.api('POST', `/resources/${resource.id}/scopes`, { name, description });
  const read = await scope('read', 'See what is in the shop');
  const write = await scope('write', 'Change what is in the shop');
  const invite = await world.api('POST', '/organization-scopes', { name: 'invite', description: 'Invite people' });
  const role = (name, scopes, permissions) =>
    world.api('POST', '/organization-roles', { name, resourceScopeIds: scopes, organizationScopeIds: permissions });
  const admin = await role('admin', [read.id, write.id], [invite.id]);
  const reader = await role('reader', [read.id], []);
  const alice = await world.api('POST', '/users', { username: 'alice', password, name: 'Alice Archer', primaryEmail: 'alice@shop.example' });
  globex = await world.api('POST', '/organizations', { name: 'Globex Corporation' });
  acme = await world.api('POST', '/organizations', { name: 'Acme' });
  await join(alice, acme, admin);
  await join(alice, globex, reader);
  assistant = await world.application('Shopping Assistant', { isThirdParty: true });
  await world.mayAsk(assistant, {
    userScopes: ['profile', 'email', organizationsScope],
    organizationScopes: [invite.id],
    organizationResourceScopes: [read.id, write.id],
  });
  await world.api('PUT', `/applications/${assistant.id}/sign-in-experience`, {
    displayName: 'Assistant by Widgets Ltd.',
    color: { primaryColor: '#0F766E', darkPrimaryColor: '#2DD4BF' },
    termsOfUseUrl: 'https://widgets.example/terms',
    privacyPolicyUrl: 'https://widgets.example/privacy',
  });
});

after(async () => {
  await chrome?.close();
  await world?.stop();
});

const visiting = async (options, story) => {
  const guest = await visitor(chrome, options);
  try {
    await story(guest);
  } finally {
    await guest.close();
  }
};

const returns = async (page) => {
  await page.waitForURL(`${world.redirectUri}**`);
  return new URL(page.url()).searchParams;
};

/** An authorization request for all that the assistant may ask for. */
const asks = () => {
  const url = new URL(world.request(assistant, { scope: `openid profile email ${organizationsScope} read write invite`, prompt: 'consent' }));
  for (const resource of [shop, organizations]) url.searchParams.append('resource', resource);
  return String(url);
};

const letIn = async () => {
  const [{ id }] = await world.api('GET', '/users?search=%25alice%25');
  const path = `/applications/${assistant.id}/users/${id}/consent-organizations`;
  const { organizations: consented } = await world.api('GET', path);
  await world.api('PUT', path, { organizationIds: [] });
  return consented.map(({ name }) => name);
};

const everyLook = [...looks.map((look) => ({ ...look, script: true })), { scheme: 'light', size: 'wide', script: false }];

for (const look of everyLook) {
  test(`a person chooses the organization (${look.scheme}, ${look.size}, ${look.script ? 'with' : 'without'} script)`, () =>
    visiting(look, async ({ page, holds }) => {
      await page.goto(asks());
      await signIn(page, 'alice');
      await page.waitForURL('**/consent?**');
      assert.equal(await page.textContent('h1'), 'Authorize Assistant by Widgets Ltd.');
      assert.match(await page.textContent('.permissions'), /Your email address\s+alice@shop\.example/);
      assert.ok(await page.isChecked('text=Acme'), 'the first is chosen already');
      assert.match(await page.textContent('.choice:has(input:checked) .granted'), /Invite people.*See what is in the shop.*Change/s);
      await holds('consent-organizations');

      await page.check('text=Globex Corporation');
      const granted = page.locator('.granted:visible');
      assert.equal(await granted.count(), 1, 'only what the chosen one gives is shown');
      assert.match(await granted.textContent(), /See what is in the shop/);
      assert.doesNotMatch(await granted.textContent(), /Change/);
      await holds('consent-other-organization');
      await page.click('button[type=submit]');
      assert.ok((await returns(page)).get('code'));
      assert.deepEqual(await letIn(), ['Globex Corporation']);
    }));
}

test('a person who cancels goes back with nothing, and lets nobody in', () =>
  visiting({ size: 'phone' }, async ({ page }) => {
    await page.goto(asks());
    await signIn(page, 'alice');
    await page.click('text=Cancel');
    assert.deepEqual([...(await returns(page))], []);
    assert.deepEqual(await letIn(), []);
  }));

test('organizations are chosen with the keyboard alone', () =>
  visiting({}, async ({ page }) => {
    await page.goto(asks());
    await signIn(page, 'alice');
    await page.waitForURL('**/consent?**');
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement.checked), 'the chosen one has the focus');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.ok((await returns(page)).get('code'));
    assert.deepEqual(await letIn(), ['Globex Corporation']);
  }));

test('a person who belongs to very many organizations still has the buttons near', () =>
  visiting({ size: 'phone' }, async ({ page, holds }) => {
    const bob = await world.api('POST', '/users', { username: 'bob', password });
    for (let number = 1; number <= 30; number += 1) {
      await join(bob, await world.api('POST', '/organizations', { name: `Customer ${number} with a name that is rather long` }));
    }
    await page.goto(asks());
    await signIn(page, 'bob');
    await page.waitForURL('**/consent?**');
    assert.equal(await page.locator('.choice').count(), 30);
    const height = await page.locator('.choices').evaluate((list) => list.clientHeight);
    assert.ok(height < 420, `${height} pixels`);
    await holds('consent-many-organizations');
  }));

test('a person who reads Chinese reads what is asked in Chinese', () =>
  visiting({ locale: 'zh-CN', size: 'phone', scheme: 'dark' }, async ({ page, holds }) => {
    await page.goto(asks());
    await signIn(page, 'alice');
    await page.waitForURL('**/consent?**');
    assert.match(await page.textContent('h1'), /授权/);
    assert.match(await page.textContent('legend'), /\p{Script=Han}/u);
    await holds('consent-zh');
  }));

test('a person who may not use the application is told so, and can sign in as somebody else', () =>
  visiting({}, async ({ page, holds }) => {
    await world.api('POST', '/users', { username: 'carol', password });
    const [{ id }] = await world.api('GET', '/users?search=%25alice%25');
    const rules = { userIds: [id], userRoleIds: [], organizationIds: [], organizationRoleRules: [] };
    await world.api('PUT', `/applications/${assistant.id}/access-control`, rules);
    await world.api('PATCH', `/applications/${assistant.id}`, { appLevelAccessControlEnabled: true });
    await page.goto(asks());
    await signIn(page, 'carol');
    assert.equal(await page.textContent('h1'), 'Access denied');
    await holds('access-denied');
    await page.click('text=Sign out');
    await page.waitForURL('**/oidc/session/end/success**');
    await world.api('PATCH', `/applications/${assistant.id}`, { appLevelAccessControlEnabled: false });
  }));
