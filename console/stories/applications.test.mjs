// Applications: from the wizard to a working token, what each type has, and what people may be asked for.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inBrowser } from './harness/run.mjs';
import { startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

const tokenOf = async (id, secret, parameters) => {
  const answer = await fetch(`${world.server.endpoint}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...parameters }),
  });
  return answer.json();
};

/** The code blocks of a guide are what a person copies. */
const codeOf = (page, text) => page.locator('pre', { hasText: text }).first().textContent();

test('a machine goes from the wizard to a token with a permission', async () => {
  const { scopeIds } = await world.resource('https://orders.example', 'read:orders');
  // Of a single API the guide would be unasked.
  await world.resource('https://stock.example', 'read:stock');
  const role = { name: 'Orders reader', description: 'Reads orders', type: 'MachineToMachine', scopeIds };
  await world.api('POST', '/roles', role);
  await inBrowser(world.visit('applications'), async ({ page, holds }) => {
    await page.getByRole('link', { name: 'Create application' }).first().click();
    await page.getByRole('heading', { name: 'Web app' }).waitFor();
    await holds('applications-wizard');
    await page.getByRole('button', { name: /client_credentials/ }).click();
    const dialog = page.getByRole('dialog', { name: 'New application: Machine-to-machine' });
    await dialog.getByRole('button', { name: 'Create application' }).click();
    await dialog.getByText('This is required').waitFor();
    await dialog.getByLabel('Application name').fill('Nightly');
    await holds('applications-wizard-name');
    await dialog.getByRole('button', { name: 'Create application' }).click();

    await page.getByRole('heading', { name: 'Guide: Machine-to-machine' }).waitFor();
    await page.getByRole('heading', { name: 'Get a token' }).waitFor();
    assert.ok(!(await codeOf(page, 'APP_SECRET=')).includes('APP_ID=your-app-id'));
    assert.ok((await codeOf(page, 'APP_SECRET=')).includes('APP_SECRET=your-app-secret'));
    await page.getByRole('combobox', { name: 'API to call' }).click();
    await page.getByRole('option', { name: 'https://orders.example' }).click();
    await page.waitForURL('**api=https*');
    await page.getByRole('switch', { name: 'Show the secret in the code' }).click({ force: true });
    await page.locator('pre', { hasText: 'resource=https://orders.example' }).first().waitFor();
    await page.locator('pre', { hasText: 'your-app-secret' }).first().waitFor({ state: 'detached' });
    await holds('application-guide');
    const code = await codeOf(page, 'APP_SECRET=');
    const [, id] = /APP_ID=(\S+)/.exec(code);
    const [, secret] = /APP_SECRET=(\S+)/.exec(code);

    await page.getByRole('link', { name: 'Application settings' }).click();
    await page.getByRole('tab', { name: 'Roles' }).click();
    await page.getByRole('heading', { name: 'No roles yet' }).waitFor();
    await holds('application-roles-empty');
    await page.getByRole('button', { name: 'Assign roles' }).first().click();
    await page.getByRole('checkbox', { name: /Orders reader/ }).check();
    await holds('application-roles-add');
    await page.getByRole('button', { name: 'Assign roles (1)' }).click();
    await page.getByRole('link', { name: 'Orders reader' }).waitFor();
    await holds('application-roles');

    const token = await tokenOf(id, secret, { resource: 'https://orders.example', scope: 'read:orders' });
    assert.equal(token.scope, 'read:orders', JSON.stringify(token));
  });
});

test('secrets are made with an end, copied, renamed and deleted', async () => {
  const { clientId, clientSecret } = await world.application('Traditional');
  await inBrowser(world.visit(`applications/${clientId}?tab=secrets`), async ({ page, holds }) => {
    await page.getByRole('button', { name: 'Create secret' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Create secret' });
    await dialog.getByLabel('Name').fill('Production');
    await dialog.getByRole('combobox', { name: 'Expires' }).click();
    await page.getByRole('option', { name: 'In 90 days' }).click();
    await holds('application-secret-create');
    await dialog.getByRole('button', { name: 'Create secret' }).click();
    await page.getByText('Secret “Production” created').waitFor();
    const row = page.getByRole('row', { name: /Production/ });
    await row.getByRole('button', { name: 'Show: Production' }).click();
    await holds('application-secrets');
    const shown = (await row.locator('code').textContent()).trim();
    const secrets = await world.api('GET', `/applications/${clientId}/secrets`);
    const made = secrets.find(({ name }) => name === 'Production');
    assert.equal(shown, made.value);
    const days = (made.expiresAt - made.createdAt) / 86_400_000;
    assert.ok(days > 89.9 && days < 90.1, `${days} days`);

    await row.getByRole('button', { name: 'More actions for Production' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('dialog', { name: 'Rename' }).getByLabel('Name').fill('Staging');
    await page.getByRole('dialog', { name: 'Rename' }).getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /Staging/ }).waitFor();

    await page.getByRole('button', { name: 'More actions for Default secret' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog', { name: 'Delete secret “Default secret”?' }).waitFor();
    await holds('application-secret-delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Secret “Default secret” deleted').waitFor();
  });
  const left = await world.api('GET', `/applications/${clientId}/secrets`);
  assert.deepEqual(
    left.map(({ name, value }) => [name, value === clientSecret]),
    [['Staging', false]],
  );
});

test('settings are checked, saved, and not lost', async () => {
  const { clientId } = await world.application('SPA', { oidcClientMetadata: { redirectUris: ['https://app.example/callback'] } });
  await inBrowser(world.visit(`applications/${clientId}`), async ({ page, holds }) => {
    await page.getByLabel('Application name').fill('Shop');
    const uris = page.getByRole('group', { name: 'Redirect URIs', exact: true });
    await uris.getByRole('button', { name: 'Add another' }).click();
    await uris.getByRole('textbox').nth(1).fill('javascript:alert(1)');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('This has to be a URL such as').waitFor();
    await holds('application-settings-invalid');
    await uris.getByRole('textbox').nth(1).fill('http://localhost:5173/callback');
    await page.getByLabel('Refresh token lifetime').fill('30');
    await page.getByRole('switch', { name: 'Always issue a refresh token' }).click({ force: true });

    await page.getByRole('tab', { name: 'Branding' }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await page.getByRole('button', { name: 'Stay here' }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();
    await page.getByRole('heading', { name: 'Shop', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Show all endpoints' }).click();
    await page.getByText('/oidc/.well-known/openid-configuration').waitFor();
    await holds('application-settings-saved');
  });
  const saved = await world.api('GET', `/applications/${clientId}`);
  assert.equal(saved.name, 'Shop');
  assert.deepEqual(saved.oidcClientMetadata.redirectUris, ['https://app.example/callback', 'http://localhost:5173/callback']);
  assert.equal(saved.customClientMetadata.refreshTokenTtlInDays, 30);
  assert.equal(saved.customClientMetadata.alwaysIssueRefreshToken, true);
});

test('a third-party application is made, told what it may ask for, dressed and deleted', async () => {
  await world.resource('https://calendar.example', 'read:events');
  await world.api('POST', '/organization-scopes', { name: 'see:members' });
  let id;
  await inBrowser(world.visit('applications/create?framework=third-party'), async ({ page, holds }) => {
    const dialog = page.getByRole('dialog', { name: 'New application: OpenID Connect' });
    await dialog.getByLabel('Application name').fill('Partner');
    assert.equal(await dialog.getByRole('switch', { name: 'Third-party application' }).isChecked(), true);
    await dialog.getByRole('button', { name: 'Create application' }).click();
    await page.getByRole('heading', { name: 'Guide: OpenID Connect' }).waitFor();
    [, id] = /applications\/(\w+)\/guide/.exec(page.url());
    await page.getByRole('link', { name: 'Application settings' }).click();

    await page.getByRole('tab', { name: 'Permissions' }).click();
    await page.getByText('Only who they are (their ID).').waitFor();
    await holds('application-permissions-empty');
    const add = async (list, ...names) => {
      await page.getByRole('region', { name: list, exact: true }).getByRole('button', { name: 'Add' }).click();
      for (const name of names) await page.getByRole('checkbox', { name }).check();
      await page.getByRole('button', { name: `Add (${names.length})` }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await add('User data', /^profile/, /^email/);
    await add('API permissions', /^read:events/);
    await add('Organization permissions', /^see:members/);
    await add('API permissions in organizations', /^read:events/);
    await page.getByRole('button', { name: 'Remove profile' }).click();
    await page.getByRole('button', { name: 'Remove profile' }).waitFor({ state: 'detached' });
    await holds('application-permissions');
    const scopes = await world.api('GET', `/applications/${id}/user-consent-scopes`);
    assert.deepEqual(scopes.userScopes, ['email']);
    assert.equal(scopes.resourceScopes[0].scopes[0].name, 'read:events');
    assert.equal(scopes.organizationScopes[0].name, 'see:members');
    assert.equal(scopes.organizationResourceScopes[0].scopes[0].name, 'read:events');

    await page.getByRole('tab', { name: 'Branding' }).click();
    await page.getByLabel('Display name').fill('Partner Calendar');
    await page.getByLabel('Brand colour', { exact: true }).fill('#123456');
    await page.getByLabel('Terms of use').fill('partner.example');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('This has to be a URL that begins with https://').waitFor();
    await page.getByLabel('Terms of use').fill('https://partner.example/terms');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();
    const looks = await world.api('GET', `/applications/${id}/sign-in-experience`);
    assert.deepEqual([looks.displayName, looks.color.primaryColor], ['Partner Calendar', '#123456']);

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete application' }).click();
    const question = page.getByRole('dialog', { name: 'Delete “Partner”?' });
    await question.getByLabel('Type Partner to confirm').fill('Partner');
    await question.getByRole('button', { name: 'Delete application' }).click();
    await page.getByRole('heading', { name: 'Applications', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Partner', exact: true }).waitFor({ state: 'detached' });
  });
});

test('access control needs a rule, and keeps it', async () => {
  const { clientId } = await world.application('SPA');
  const ada = await world.person('ada', { name: 'Ada' });
  const organization = await world.api('POST', '/organizations', { name: 'Acme' });
  const role = await world.api('POST', '/organization-roles', { name: 'Owner' });
  await inBrowser(world.visit(`applications/${clientId}?tab=access`), async ({ page, holds }) => {
    await page.getByRole('switch', { name: 'Only those whom a rule lets in' }).click({ force: true });
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Add at least one rule first').waitFor();
    await page.getByRole('button', { name: 'Add: People', exact: true }).click();
    await page.getByRole('checkbox', { name: /Ada/ }).check();
    await page.getByRole('button', { name: 'Add (1)' }).click();
    await page.getByRole('button', { name: 'Remove Ada' }).waitFor();
    await page.getByRole('button', { name: 'Add organization' }).click();
    await page.getByRole('checkbox', { name: /Acme/ }).check();
    await page.getByRole('button', { name: 'Add (1)' }).click();
    await page.getByRole('combobox', { name: 'Acme' }).click();
    await page.getByRole('option', { name: 'Owner' }).click();
    await page.keyboard.press('Escape');
    await holds('application-access');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();
  });
  const rules = await world.api('GET', `/applications/${clientId}/access-control`);
  assert.deepEqual(rules.userIds, [ada.id]);
  assert.deepEqual(rules.organizationRoleRules, [{ organizationId: organization.id, organizationRoleIds: [role.id] }]);
  assert.equal((await world.api('GET', `/applications/${clientId}`)).appLevelAccessControlEnabled, true);
});

test('a machine joins an organization and gets a role there', async () => {
  const { clientId } = await world.machine('member', (await world.resource('https://machines.example', 'use')).scopeIds);
  const { id } = await world.api('POST', '/organizations', { name: 'Globex' });
  const role = await world.api('POST', '/organization-roles', { name: 'Bot', type: 'MachineToMachine' });
  await inBrowser(world.visit(`applications/${clientId}?tab=organizations`), async ({ page, holds }) => {
    await page.getByRole('heading', { name: 'In no organization' }).waitFor();
    await holds('application-organizations-empty');
    await page.getByRole('button', { name: 'Add to organizations' }).first().click();
    await page.getByRole('checkbox', { name: /Globex/ }).check();
    await page.getByRole('button', { name: 'Add to organizations (1)' }).click();
    await page.getByRole('link', { name: 'Globex' }).waitFor();
    await page.getByRole('button', { name: 'More actions for Globex' }).click();
    await page.getByRole('menuitem', { name: 'Edit roles' }).click();
    await page.getByRole('combobox', { name: 'Organization roles' }).click();
    await page.getByRole('option', { name: 'Bot' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: 'Bot' }).waitFor();
    await holds('application-organizations');
  });
  const [organization] = await world.api('GET', `/applications/${clientId}/organizations`);
  assert.deepEqual([organization.id, organization.organizationRoles[0].id], [id, role.id]);
});

test('search and type of the list are in its address', async () => {
  await world.application('Native', { name: 'Pocket' });
  await inBrowser(world.visit('applications?type=Native'), async ({ page, holds }) => {
    await page.getByRole('link', { name: 'Pocket' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Management API access' }).count(), 0);
    await page.getByRole('searchbox', { name: 'Search applications' }).fill('nobody');
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
    await page.waitForURL('**q=nobody*');
    await holds('applications-no-match');
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await page.getByRole('link', { name: 'Management API access' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
  });
});

test('an application that does not exist is said to be gone, and a guide without address offers one', async () => {
  await inBrowser(world.visit('applications/doesnotexist'), async ({ page, holds }) => {
    await page.getByRole('heading', { name: 'This does not exist' }).waitFor();
    await holds('application-missing');
  });
  const { clientId } = await world.application('SPA');
  await inBrowser(world.visit(`applications/${clientId}/guide?framework=vue`), async ({ page, holds }) => {
    await page.getByRole('button', { name: 'Add this redirect URI' }).click();
    await page.getByText('Redirect URI added').waitFor();
    await page.getByRole('button', { name: 'Add this redirect URI' }).waitFor({ state: 'detached' });
    await holds('application-guide-vue');
  });
  const { oidcClientMetadata } = await world.api('GET', `/applications/${clientId}`);
  assert.deepEqual(oidcClientMetadata.redirectUris, ['http://localhost:5173/callback']);
});

test('every guide opens with the values of the application', async () => {
  const { clientId } = await world.application('Traditional', { name: 'Guided' });
  const native = await world.application('Native', { name: 'Guided' });
  const guides = ['next', 'express', 'python', 'go', 'java-spring-boot', 'dotnet', 'openid-connect'].map((name) => [
    name,
    clientId,
  ]);
  await inBrowser(world.visit('applications'), async ({ page, holds }) => {
    for (const [name, id] of [...guides, ['native', native.clientId]]) {
      await page.goto(world.url(`applications/${id}/guide?framework=${name}`));
      await page.locator('pre', { hasText: id }).first().waitFor();
      assert.equal(await page.locator('pre', { hasText: 'your-app-id' }).count(), 0, name);
      await holds(`guide-${name}`);
    }
  });
});

test('the pages of applications hold in every look', async () => {
  const { clientId } = await world.application('Traditional', {
    name: 'Looks',
    isThirdParty: true,
    oidcClientMetadata: { redirectUris: ['https://app.example/callback'] },
  });
  const until = (text) => (page) => page.getByText(text).first().waitFor();
  const shown = until('Looks');
  await world.looksAt('applications', 'applications', shown);
  await world.looksAt('applications-create', 'applications/create');
  await world.looksAt('application-guide', `applications/${clientId}/guide?framework=express`, until('app.mjs'));
  for (const tab of ['settings', 'secrets', 'permissions', 'access', 'branding']) {
    await world.looksAt(`application-${tab}`, `applications/${clientId}?tab=${tab}`, shown);
  }
  const machine = await world.machine('looks-machine', (await world.resource('https://looks.example', 'use')).scopeIds);
  for (const tab of ['settings', 'roles', 'organizations']) {
    await world.looksAt(`machine-${tab}`, `applications/${machine.clientId}?tab=${tab}`, until('looks-machine'));
  }
});
