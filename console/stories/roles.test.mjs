// Roles: made with permissions, given to people and to machines, and what that changes in a token.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inBrowser } from './harness/run.mjs';
import { startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

test('a role is made with a permission, gets another, a person and a new name, and is deleted', async () => {
  await world.resource('https://editing.example', 'read:texts', 'write:texts');
  const ada = await world.person('ada', { name: 'Ada' });
  let id;
  await inBrowser(world.visit('roles'), async ({ page, holds }) => {
    await page.getByRole('button', { name: 'Create role' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Create role' });
    await dialog.getByLabel('Role name').fill('Editor');
    await dialog.getByRole('button', { name: 'Create role' }).click();
    await dialog.getByText('This is required').waitFor();
    await dialog.getByLabel('Description').fill('Writes texts');
    await dialog.getByRole('combobox', { name: 'Permissions' }).click();
    await page.getByRole('option', { name: 'read:texts' }).click();
    await holds('role-create');
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Create role' }).click();

    await page.getByRole('cell', { name: 'read:texts', exact: true }).waitFor();
    [, id] = /roles\/(\w+)/.exec(page.url());
    await page.getByRole('button', { name: 'Add permissions' }).click();
    await page.getByRole('checkbox', { name: /write:texts/ }).check();
    await holds('role-permissions-add');
    await page.getByRole('button', { name: 'Add permissions (1)' }).click();
    await page.getByRole('cell', { name: 'write:texts', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove read:texts' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('cell', { name: 'read:texts', exact: true }).waitFor({ state: 'detached' });
    await holds('role-permissions');

    await page.getByRole('tab', { name: 'People' }).click();
    await page.getByRole('heading', { name: 'Nobody has this role' }).waitFor();
    await holds('role-people-empty');
    await page.getByRole('button', { name: 'Assign to people' }).first().click();
    await page.getByRole('checkbox', { name: /Ada/ }).check();
    await page.getByRole('button', { name: 'Assign to people (1)' }).click();
    await page.getByRole('link', { name: 'Ada' }).waitFor();
    await holds('role-people');
    const held = await world.api('GET', `/users/${ada.id}/roles`);
    assert.deepEqual(
      held.map(({ name }) => name),
      ['Editor'],
    );

    await page.getByRole('tab', { name: 'General' }).click();
    await page.getByLabel('Role name').fill('Author');
    await page.getByRole('switch', { name: 'Default role' }).click({ force: true });
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('heading', { name: 'Author', level: 1 }).waitFor();
    await holds('role-general');
    const saved = await world.api('GET', `/roles/${id}`);
    assert.deepEqual([saved.name, saved.isDefault], ['Author', true]);

    await page.getByRole('tab', { name: 'People' }).click();
    await page.getByRole('button', { name: 'Remove Ada' }).click();
    await page.getByRole('dialog', { name: 'Take the role away from Ada?' }).getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('heading', { name: 'Nobody has this role' }).waitFor();

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete role' }).click();
    const question = page.getByRole('dialog', { name: 'Delete “Author”?' });
    await question.getByLabel('Type Author to confirm').fill('Author');
    await question.getByRole('button', { name: 'Delete role' }).click();
    await page.getByRole('heading', { name: 'Roles', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Author' }).waitFor({ state: 'detached' });
  });
});

test('a role for machines is given to one, whose next token has the permission', async () => {
  await world.resource('https://stock.example', 'count:stock');
  const { id } = await world.api('POST', '/applications', { name: 'Counter', type: 'MachineToMachine' });
  const [{ value }] = await world.api('GET', `/applications/${id}/secrets`);
  await inBrowser(world.visit('roles?type=MachineToMachine'), async ({ page, holds }) => {
    await page.getByRole('button', { name: 'Create role' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Create role' });
    await dialog.getByLabel('Role name').fill('Stock counter');
    await dialog.getByLabel('Description').fill('Counts what is there');
    await dialog.getByText('Machines').click();
    await dialog.getByRole('combobox', { name: 'Permissions' }).click();
    await page.getByRole('option', { name: 'count:stock' }).click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Create role' }).click();
    await page.getByRole('tab', { name: 'Machines' }).click();
    await page.getByRole('button', { name: 'Assign to machines' }).first().click();
    await page.getByRole('checkbox', { name: /Counter/ }).check();
    await page.getByRole('button', { name: 'Assign to machines (1)' }).click();
    await page.getByRole('link', { name: 'Counter' }).waitFor();
    await holds('role-machines');
  });
  const answer = await fetch(`${world.server.endpoint}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${id}:${value}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: 'https://stock.example', scope: 'count:stock' }),
  });
  assert.equal((await answer.json()).scope, 'count:stock');
});

test('the built-in API is shown, and cannot be changed', async () => {
  await inBrowser(world.visit('api-resources/management-api'), async ({ page, holds }) => {
    await page.getByText('This API is built into the server.').waitFor();
    await page.getByRole('cell', { name: 'all', exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Create permission' }).count(), 0);
    assert.equal(await page.getByRole('button', { name: 'More actions' }).count(), 0);
    await holds('management-api');
    await page.getByRole('tab', { name: 'General' }).click();
    await page.getByText('https://default.logto.app/api').first().waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'API name' }).count(), 0);
    await holds('management-api-general');
  });
});

test('the pages of roles hold in every look', async () => {
  const { scopeIds } = await world.resource('https://looks.example', 'use');
  const { id } = await world.api('POST', '/roles', { name: 'Looker', description: 'Looks', type: 'User', scopeIds });
  const until = (page) => page.getByText('Looker').first().waitFor();
  await world.looksAt('roles', 'roles', until);
  for (const tab of ['permissions', 'users', 'general']) await world.looksAt(`role-${tab}`, `roles/${id}?tab=${tab}`, until);
});
