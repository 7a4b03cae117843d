// Organizations and their template: from an empty tenant to a member with a role, and somebody who is invited.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inBrowser } from './harness/run.mjs';
import { startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

test('an organization role is made, and gets permissions of organizations and of an API', async () => {
  await world.resource('https://shop.example', 'read:orders');
  await inBrowser(world.visit('organization-template?tab=permissions'), async ({ page, holds }) => {
    await page.getByRole('heading', { name: 'No organization permissions yet' }).waitFor();
    await holds('organization-permissions-empty');
    await page.getByRole('button', { name: 'Create organization permission' }).last().click();
    await page.getByRole('textbox', { name: 'Permission' }).fill('invite:member');
    await page.getByRole('dialog').getByRole('button', { name: 'Create organization permission' }).click();
    await page.getByRole('cell', { name: 'invite:member', exact: true }).waitFor();

    await page.getByRole('tab', { name: 'Organization roles' }).click();
    await page.getByRole('heading', { name: 'Describe who does what' }).waitFor();
    await page.getByRole('button', { name: 'Create organization role' }).last().click();
    await page.getByLabel('Role name').fill('admin');
    await holds('organization-role-create');
    await page.getByRole('dialog').getByRole('button', { name: 'Create organization role' }).click();

    await page.getByRole('heading', { name: 'This role allows nothing yet' }).waitFor();
    await page.getByRole('button', { name: 'Add organization permissions' }).click();
    await page.getByRole('checkbox', { name: 'invite:member' }).check();
    await page.getByRole('button', { name: 'Add (1)' }).click();
    await page.getByRole('cell', { name: 'invite:member', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Add API permissions' }).click();
    await page.getByRole('checkbox', { name: /read:orders/ }).check();
    await holds('organization-role-add');
    await page.getByRole('button', { name: 'Add (1)' }).click();
    await page.getByRole('cell', { name: 'read:orders', exact: true }).waitFor();
    await holds('organization-role');
  });
});

test('an organization is made, a member gets a role, and somebody is invited', async () => {
  await world.person('ann', { name: 'Ann Ode' });
  await inBrowser(world.visit('organizations'), async ({ page, holds }) => {
    await page.getByRole('heading', { name: 'Bring your customers in' }).waitFor();
    await holds('organizations-empty');
    await page.getByRole('button', { name: 'Create organization' }).last().click();
    await page.getByLabel('Organization name').fill('Acme Inc.');
    await page.getByRole('dialog').getByRole('button', { name: 'Create organization' }).click();
    await page.getByRole('heading', { name: 'Acme Inc.' }).waitFor();

    await page.getByRole('tab', { name: 'Members' }).click();
    await page.getByRole('heading', { name: 'No members yet' }).waitFor();
    await holds('organization-members-empty');
    await page.getByRole('button', { name: 'Add members' }).last().click();
    await page.getByRole('combobox', { name: 'Roles that they get' }).click();
    await page.getByRole('option', { name: 'admin' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: /Ann Ode/ }).check();
    await holds('organization-members-add');
    await page.getByRole('button', { name: 'Add (1)' }).click();
    await page.getByRole('row', { name: /Ann Ode.*admin/ }).waitFor();
    await holds('organization-members');

    await page.getByRole('tab', { name: 'Invitations' }).click();
    await page.getByRole('heading', { name: 'No invitations' }).waitFor();
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByLabel('E-mail address').fill('nobody');
    await page.getByRole('dialog').getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByText('This is not an e-mail address').waitFor();
    await holds('organization-invite');
    await page.getByLabel('E-mail address').fill('bob@example.com');
    await page.getByRole('dialog').getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByRole('row', { name: /bob@example.com.*Pending/ }).waitFor();
    await page.getByRole('button', { name: 'More actions for bob@example.com' }).click();
    await page.getByRole('menuitem', { name: 'Revoke invitation' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke invitation' }).click();
    await page.getByRole('row', { name: /bob@example.com.*Revoked/ }).waitFor();
    await holds('organization-invitations');
  });
});

test('roles beyond the first page are found by what is typed, and only those that fit', async () => {
  for (let number = 1; number <= 25; number += 1)
    await world.api('POST', '/organization-roles', { name: `crew ${String(number).padStart(2, '0')}` });
  await world.api('POST', '/organization-roles', { name: 'crew robot', type: 'MachineToMachine' });
  await world.person('zoe', { name: 'Zoe' });
  const { id } = await world.api('POST', '/organizations', { name: 'Crowded Inc.' });
  await inBrowser(world.visit(`organizations/${id}?tab=members`), async ({ page, holds }) => {
    await page.getByRole('button', { name: 'Add members' }).last().click();
    const roles = page.getByRole('combobox', { name: 'Roles that they get' });
    await roles.click();
    await page.getByRole('option', { name: 'crew 01' }).click();
    assert.equal(await page.getByRole('option', { name: 'crew 25' }).count(), 0);
    await roles.fill('w 25');
    await page.getByRole('option', { name: 'crew 25' }).click();
    await roles.fill('robot');
    await page.getByText('Nothing matches').waitFor();
    await holds('organization-roles-search');
    await roles.fill('');
    await page.getByText('crew 25').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: /Zoe/ }).check();
    await page.getByRole('button', { name: 'Add (1)' }).click();
    await page.getByRole('row', { name: /Zoe.*crew 01.*crew 25/ }).waitFor();

    // Chosen before, and not among the first that are found: known by name all the same.
    await page.reload();
    await page.getByRole('button', { name: 'More actions for Zoe' }).click();
    await page.getByRole('menuitem', { name: 'Edit roles' }).click();
    await page.getByRole('dialog').getByText('crew 25').waitFor();
    await holds('organization-roles-chosen');
  });
});

test('settings of an organization are saved together, and it goes when its name is typed', async () => {
  const { id } = await world.api('POST', '/organizations', { name: 'Globex', customData: { plan: 'gold' } });
  await inBrowser(world.visit(`organizations/${id}`), async ({ page, holds }) => {
    await page.getByRole('combobox', { name: 'E-mail domains' }).fill('globex.example');
    await page.keyboard.press('Enter');
    await page.getByRole('switch', { name: 'Require a second factor' }).press('Space');
    await page.getByLabel('Custom data (JSON)').fill('{ "plan": ');
    await page.getByText(/This is not valid JSON/).waitFor();
    await holds('organization-settings-wrong');
    await page.getByLabel('Custom data (JSON)').fill('{ "plan": "silver" }');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Second factor required').waitFor();
    const saved = await world.api('GET', `/organizations/${id}`);
    assert.deepEqual([saved.isMfaRequired, saved.customData], [true, { plan: 'silver' }]);
    const domains = await world.api('GET', `/organizations/${id}/jit/email-domains`);
    assert.deepEqual(
      domains.map(({ emailDomain }) => emailDomain),
      ['globex.example'],
    );

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete organization' }).click();
    await page.getByLabel('Type Globex to confirm').fill('Globex');
    await holds('organization-delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete organization' }).click();
    await page.getByRole('heading', { name: 'Organizations', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Globex' }).waitFor({ state: 'detached' });
  });
});

test('the pages of organizations hold in every look', async () => {
  const { id } = await world.api('POST', '/organizations', { name: 'Initech', description: 'Makes reports' });
  const { id: userId } = await world.person('bill', { name: 'Bill L.' });
  await world.api('POST', `/organizations/${id}/users`, { userIds: [userId] });
  await world.looksAt('organizations', 'organizations', (page) => page.getByText('Initech').first().waitFor());
  for (const tab of ['settings', 'members', 'machines', 'invitations', 'branding'])
    await world.looksAt(`organization-${tab}`, `organizations/${id}?tab=${tab}`);
  await world.looksAt('organization-template', 'organization-template', (page) => page.getByText('admin').first().waitFor());
});
