// API resources and their permissions.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inBrowser } from './harness/run.mjs';
import { startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

test('an API resource is created, gets a permission, is renamed and deleted', async () => {
  await inBrowser(world.visit('api-resources'), async ({ page, holds }) => {
    await page.getByRole('button', { name: 'Create API resource' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create API resource' });
    await dialog.getByLabel('API name').fill('Bookings');
    await dialog.getByLabel('API identifier').fill('no uri');
    await dialog.getByRole('button', { name: 'Create API resource' }).click();
    await dialog.getByText('This has to be an absolute URI').waitFor();
    await holds('api-resource-create');
    await dialog.getByLabel('API identifier').fill('https://bookings.example');
    await dialog.getByRole('button', { name: 'Create API resource' }).click();

    await page.getByRole('heading', { name: 'No permissions yet' }).waitFor();
    await holds('api-resource-empty');
    await page.getByRole('button', { name: 'Create permission' }).last().click();
    await page.getByRole('textbox', { name: 'Permission' }).fill('read:bookings');
    await page.getByRole('textbox', { name: 'Description' }).fill('See all bookings');
    await page.getByRole('dialog').getByRole('button', { name: 'Create permission' }).click();
    await page.getByRole('cell', { name: 'read:bookings', exact: true }).waitFor();
    await holds('api-resource');

    await page.getByRole('tab', { name: 'General' }).click();
    await page.getByLabel('API name').fill('Reservations');
    await page.getByRole('region', { name: 'You have unsaved changes' }).waitFor();
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await holds('unsaved-changes');
    await page.getByRole('button', { name: 'Stay here' }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('heading', { name: 'Reservations' }).waitFor();

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete API resource' }).click();
    const question = page.getByRole('dialog', { name: 'Delete “Reservations”?' });
    assert.equal(await question.getByRole('button', { name: 'Delete API resource' }).isDisabled(), true);
    await question.getByLabel('Type Reservations to confirm').fill('Reservations');
    await holds('api-resource-delete');
    await question.getByRole('button', { name: 'Delete API resource' }).click();
    await page.getByRole('heading', { name: 'API resources', level: 1 }).waitFor();
    await page.getByText('Reservations', { exact: true }).waitFor({ state: 'detached' });
  });
});

test('search and page of a list are in its address', async () => {
  const { id } = await world.resource('https://many.example', ...Array.from({ length: 23 }, (_, index) => `scope:${index}`));
  await inBrowser(world.visit(`api-resources/${id}?page=2`), async ({ page, holds }) => {
    await page.getByText('21 to 23 of 23').waitFor();
    await holds('api-resource-page');
    await page.getByRole('searchbox', { name: 'Search permissions' }).fill('scope:1');
    await page.getByRole('cell', { name: 'scope:1', exact: true }).waitFor();
    await page.waitForURL('**?q=scope*');
    await page.getByRole('searchbox', { name: 'Search permissions' }).fill('nothing like it');
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
    await holds('no-match');
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await page.getByText('1 to 20 of 23').waitFor();
  });
});

test('the pages of API resources hold in every look', async () => {
  const { id } = await world.resource('https://looks.example', 'read', 'write');
  await world.looksAt('api-resources', 'api-resources', (page) => page.getByText('https://looks.example').first().waitFor());
  await world.looksAt('api-resource-permissions', `api-resources/${id}`, (page) => page.getByText('read').first().waitFor());
  await world.looksAt('api-resource-general', `api-resources/${id}?tab=general`);
});
