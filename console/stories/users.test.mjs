// Users: made with a password that is shown once, changed, suspended, deleted.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inBrowser } from './harness/run.mjs';
import { signIn, startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

test('a user is made, and the password that is shown once is theirs', async () => {
  await inBrowser(world.visit('users'), async ({ page, holds }) => {
    await page.getByRole('heading', { name: 'Nobody has an account yet' }).waitFor();
    await holds('users-empty');
    await page.getByRole('button', { name: 'Create user' }).last().click();
    const dialog = page.getByRole('dialog', { name: 'Create user' });
    await dialog.getByRole('button', { name: 'Create user' }).click();
    await dialog.getByText('Fill in a username, an e-mail address or a phone number').waitFor();
    await holds('user-create');
    await dialog.getByLabel('Username').fill('ann');
    await dialog.getByLabel('Name', { exact: true }).fill('Ann Ode');
    await dialog.getByRole('button', { name: 'Create user' }).click();

    const shown = page.getByRole('dialog', { name: 'User “Ann Ode” created' });
    const password = await shown.locator('code').textContent();
    assert.match(password, /^\w{20}$/);
    await holds('user-password');
    await shown.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('heading', { name: 'Ann Ode' }).waitFor();
    const id = page.url().split('/').at(-1);
    await world.api('POST', `/users/${id}/password/verify`, { password });
  });
});

test('a phone number is typed as people write it, and somebody who has one can be saved', async () => {
  const { id } = await world.person('phil');
  await inBrowser(world.visit(`users/${id}`), async ({ page }) => {
    await page.getByLabel('Phone number').fill('+41 44 668 18 00');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();
    await page.reload();
    await page.getByLabel('Name', { exact: true }).fill('Phil');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();
    const { primaryPhone, name } = await world.api('GET', `/users/${id}`);
    assert.deepEqual({ primaryPhone, name }, { primaryPhone: '41446681800', name: 'Phil' });
  });
});

test('a profile is saved as a whole, and what is wrong is said before it is sent', async () => {
  const { id } = await world.person('bob');
  await inBrowser(world.visit(`users/${id}`), async ({ page, holds }) => {
    await page.getByLabel('E-mail address').fill('bob');
    await page.getByLabel('City').fill('Basel');
    await page.getByLabel('Custom data (JSON)').fill('{"plan":"gold"}');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('This is not an e-mail address').waitFor();
    await holds('user-profile-wrong');
    await page.getByLabel('E-mail address').fill('bob@example.com');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();
    const { primaryEmail, profile, customData } = await world.api('GET', `/users/${id}`);
    assert.deepEqual(
      { primaryEmail, profile, customData },
      { primaryEmail: 'bob@example.com', profile: { address: { locality: 'Basel' } }, customData: { plan: 'gold' } },
    );
  });
});

test('a user gets a role, is suspended, comes back, and is deleted', async () => {
  await world.api('POST', '/roles', { name: 'customer', description: 'Buys things' });
  const { id } = await world.person('carl', { name: 'Carl' });
  await inBrowser(world.visit(`users/${id}?tab=roles`), async ({ page, holds }) => {
    await page.getByRole('button', { name: 'Assign roles' }).last().click();
    await page.getByRole('checkbox', { name: /customer/ }).check();
    await page.getByRole('button', { name: 'Assign roles (1)' }).click();
    await page.getByRole('cell', { name: 'customer', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove customer' }).click();
    await page.getByRole('heading', { name: 'No roles yet' }).waitFor();
    await holds('user-without-roles');

    await page.getByRole('button', { name: 'More actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Suspend user' }).click();
    await page.getByRole('dialog', { name: 'Suspend Carl?' }).waitFor();
    await holds('user-suspend');
    await page.getByRole('button', { name: 'Suspend user' }).click();
    await page.getByText('Suspended', { exact: true }).waitFor();
    await holds('user-suspended');
    await page.getByRole('button', { name: 'More actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Reactivate user' }).click();
    await page.getByText('Suspended', { exact: true }).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'More actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Delete user' }).click();
    await page.getByLabel('Type Carl to confirm').fill('Carl');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete user' }).click();
    await page.getByRole('heading', { name: 'User management', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Carl' }).waitFor({ state: 'detached' });
  });
});

/** Somebody signs in to an application, in a browser of their own. */
const signInToApplication = async (person) => {
  const { clientId, redirectUri } = await world.application('SPA', {
    oidcClientMetadata: { redirectUris: ['https://app.example/callback'] },
  });
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  await inBrowser(world.visitor(), async ({ page }) => {
    await page.route('https://app.example/**', (route) => route.fulfill({ body: 'here again' }));
    await page.goto(`${world.server.endpoint}/oidc/auth?${query}`);
    await signIn(page, person);
    await page.getByText('here again').waitFor();
  });
};

test('a session and its grant are seen, and an administrator ends both', async () => {
  const person = await world.person('eve', { name: 'Eve' });
  await signInToApplication(person);
  await inBrowser(world.visit(`users/${person.id}?tab=sessions`), async ({ page, holds }) => {
    const sessions = page.getByRole('table', { name: 'Sessions' });
    await sessions.getByRole('cell', { name: 'SPA for a test' }).waitFor();
    await page.getByRole('table', { name: 'Grants' }).getByRole('cell', { name: 'openid profile' }).waitFor();
    await holds('user-signed-in');
    await sessions.getByRole('button', { name: /More actions/ }).click();
    await page.getByRole('menuitem', { name: 'End session and revoke its grants' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
    await page.getByRole('heading', { name: 'Not signed in anywhere' }).waitFor();
    await page.getByRole('heading', { name: 'Nothing granted' }).waitFor();

    await page.getByRole('tab', { name: 'Logs' }).click();
    await page.getByRole('link', { name: 'Sign-in: completed' }).waitFor();
    await holds('user-logs-filled');
  });
});

test('a personal access token is made with an end, shown once, renamed and deleted', async () => {
  const { id } = await world.person('theo');
  const tokens = () => world.api('GET', `/users/${id}/personal-access-tokens`);
  await inBrowser(world.visit(`users/${id}?tab=tokens`), async ({ page, expects, holds }) => {
    expects(/422/);
    await page.getByRole('heading', { name: 'No personal access tokens' }).waitFor();
    await holds('user-tokens-empty');
    await page.getByRole('button', { name: 'Create personal access token' }).last().click();
    const dialog = page.getByRole('dialog', { name: 'Create personal access token' });
    await dialog.getByLabel('Name').fill('nightly export');
    await dialog.getByRole('combobox', { name: 'Expires' }).click();
    await page.getByRole('option', { name: 'In 30 days' }).click();
    await holds('user-token-create');
    await dialog.getByRole('button', { name: 'Create personal access token' }).click();

    const shown = page.getByRole('dialog', { name: 'Personal access token “nightly export”' });
    const value = await shown.locator('code').textContent();
    const [made] = await tokens();
    assert.equal(made.value, value);
    assert.ok(Math.abs(made.expiresAt - made.createdAt - 30 * 86_400_000) < 60_000);
    await holds('user-token-shown');
    await shown.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('row', { name: /nightly export/ }).waitFor();
    await holds('user-token-listed');
    assert.ok(!(await page.content()).includes(value));

    await page.getByRole('button', { name: 'Create personal access token' }).click();
    await dialog.getByLabel('Name').fill('nightly export');
    await dialog.getByRole('button', { name: 'Create personal access token' }).click();
    await page.getByText('This person has a token with this name already.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('button', { name: 'More actions for nightly export' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('dialog', { name: 'Rename' }).getByLabel('Name').fill('every night/50%');
    await page.getByRole('dialog', { name: 'Rename' }).getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /every night/ }).waitFor();
    assert.deepEqual(
      (await tokens()).map(({ name }) => name),
      ['every night/50%'],
    );
    await page.getByRole('button', { name: 'More actions for every night/50%' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'No personal access tokens' }).waitFor();
    assert.deepEqual(await tokens(), []);
  });
});

test('the search for users is in the address, and back takes it away', async () => {
  for (let number = 0; number < 21; number += 1) await world.person(`many_${number}`);
  await inBrowser(world.visit('users?q=many_20'), async ({ page }) => {
    await page.getByRole('link', { name: 'many_20' }).click();
    await page.getByRole('heading', { name: 'many_20' }).waitFor();
    await page.goBack();
    assert.equal(await page.getByRole('searchbox').inputValue(), 'many_20');
    await page.getByRole('searchbox').fill('many_');
    await page.getByText('1 to 20 of 21').waitFor();
  });
});

test('the pages of users hold in every look', async () => {
  const { id } = await world.person('dora', { name: 'Dora' });
  await world.looksAt('users', 'users', (page) => page.getByText('Dora').first().waitFor());
  for (const tab of ['profile', 'roles', 'organizations', 'sessions', 'tokens', 'logs'])
    await world.looksAt(`user-${tab}`, `users/${id}?tab=${tab}`);
});
