// Signing keys, the tenant's settings, and the administrator's own account.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inBrowser } from './harness/run.mjs';
import { administrator, startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

test('the lifetime of sessions and the reach of permissions are saved', async () => {
  await inBrowser(world.visit('tenant-settings'), async ({ page }) => {
    await page.getByLabel('Lifetime').fill('36');
    await page.getByRole('combobox', { name: 'Unit' }).click();
    await page.getByRole('option', { name: 'Hours' }).click();
    await page.getByRole('radio', { name: 'Strict' }).check();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();
    assert.deepEqual(await world.api('GET', '/configs/oidc/session'), { ttl: 129_600 });
    assert.deepEqual(await world.api('GET', '/configs/permissions'), { mode: 'strict' });
  });
});

test('administrators change their own name and password', async () => {
  await inBrowser(world.visit('profile'), async ({ page, holds }) => {
    await page.getByLabel('Name', { exact: true }).fill('Ada');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();

    await page.getByRole('button', { name: 'Change password' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change password' });
    await dialog.getByLabel('Current password').fill('not this one');
    await dialog.getByLabel('New password', { exact: false }).first().fill('another long pass phrase');
    await dialog.getByLabel('New password once more').fill('another long pass phrase');
    await dialog.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('The current password is wrong.').waitFor();
    await holds('profile-password-wrong');
    await dialog.getByLabel('Current password').fill(administrator.password);
    await dialog.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Password changed').waitFor();
  });
});

test('the pages of settings hold in every look', async () => {
  await world.looksAt('signing-keys', 'signing-keys', (page) => page.getByRole('cell').first().waitFor());
  await world.looksAt('tenant-settings', 'tenant-settings', (page) => page.getByRole('radio').first().waitFor());
  await world.looksAt('profile', 'profile', (page) => page.getByRole('radio').first().waitFor());
});

/** The keys whose public halves applications see. */
const published = async () => {
  const answer = await fetch(`${world.server.endpoint}/oidc/jwks`);
  return (await answer.json()).keys.map(({ alg }) => alg);
};

// At the end: tokens that the deleted key signed are refused from then on, those of this story as well.
test('private keys are rotated at once, and the previous one is deleted', async () => {
  await inBrowser(world.visit('signing-keys'), async ({ page, holds }) => {
    await page.getByRole('button', { name: 'Rotate private keys' }).click();
    await page.getByRole('radio', { name: 'RSA (RS256)' }).check();
    await page.getByRole('combobox', { name: 'The new key signs' }).click();
    await page.getByRole('option', { name: 'At once' }).click();
    await holds('signing-keys-rotate');
    await page.getByRole('button', { name: 'Rotate', exact: true }).click();
    await page.getByRole('row', { name: /Current.*RSA/ }).waitFor();
    assert.ok((await published()).includes('ES384'));
    await holds('signing-keys-rotated');

    const previous = page.getByRole('table', { name: 'Private keys' }).getByRole('row', { name: /Previous/ });
    await previous.getByRole('button', { name: /More actions/ }).click();
    await page.getByRole('menuitem', { name: 'Delete key' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete key' }).click();
    await previous.waitFor({ state: 'detached' });
    assert.ok(!(await published()).includes('ES384'));
  });
});

test('a key that waits for its turn says when it comes', async () => {
  await inBrowser(world.visit('signing-keys'), async ({ page, holds }) => {
    await page.getByRole('button', { name: 'Rotate private keys' }).click();
    await page.getByRole('button', { name: 'Rotate', exact: true }).click();
    await page.getByRole('row', { name: /Next.*from/ }).waitFor();
    await holds('signing-keys-next');
  });
});
