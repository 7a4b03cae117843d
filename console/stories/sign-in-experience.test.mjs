// The sign-in experience: what is chosen shows in the preview before it is saved, and on the real page afterwards.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inBrowser } from './harness/run.mjs';
import { startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

const preview = (page) => page.frameLocator('iframe[title="Preview"]');

/** The hosted page, as somebody meets it who comes from an application. */
const openSignIn = async (page) => {
  const { clientId, redirectUri } = await world.application('SPA', {
    oidcClientMetadata: { redirectUris: ['https://app.example/callback'] },
  });
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  await page.goto(`${world.server.endpoint}/oidc/auth?${query}`);
};

const colourOf = (locator) => locator.evaluate((button) => getComputedStyle(button).backgroundColor);

test('a colour shows in the preview at once, and on the real page when it is saved', async () => {
  await inBrowser(world.visit('sign-in-experience'), async ({ page, holds }) => {
    const button = preview(page).locator('button.button').first();
    await button.waitFor();
    await page.getByLabel('Brand colour', { exact: true }).fill('#b3261e');
    await page.getByRole('region', { name: 'You have unsaved changes' }).waitFor();
    assert.equal(await colourOf(button), 'rgb(179, 38, 30)');
    await page.getByRole('tab', { name: 'Sign-up and sign-in' }).click();
    await page.getByRole('radio', { name: 'People sign in; accounts are made for them' }).check();
    await preview(page).getByText('Create account').waitFor({ state: 'detached' });
    await holds('sign-in-experience-changed');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();
    assert.equal((await world.api('GET', '/sign-in-exp')).signInMode, 'SignIn');
  });
  await inBrowser(world.visitor(), async ({ page }) => {
    await openSignIn(page);
    assert.equal(await colourOf(page.locator('button.button').first()), 'rgb(179, 38, 30)');
    assert.equal(await page.getByText('Create account').count(), 0);
  });
});

test('the preview looks like the page', async () => {
  /** What is written on a page, and where. */
  const outline = (frame) =>
    frame.locator('body').evaluate((body) =>
      [...body.querySelectorAll('h1, label, input:not([type=hidden]), button:not(.toggle), a')].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [element.tagName, element.textContent.trim(), ...[x, y, width, height].map(Math.round)].join(' ');
      }),
    );
  await world.api('PATCH', '/sign-in-exp', { signInMode: 'SignInAndRegister', termsOfUseUrl: 'https://example.com/terms' });
  let drawn;
  await inBrowser(world.visit('sign-in-experience'), async ({ page }) => {
    await preview(page).getByText('Create account').waitFor();
    drawn = await outline(preview(page));
  });
  await inBrowser(world.visitor(), async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 720 });
    await openSignIn(page);
    const real = (await outline(page)).map((line) => line.replace(/ in to .*? for a test/, ' in'));
    assert.deepEqual(
      drawn.filter((line) => !line.startsWith('A ')).map(words),
      real.filter((line) => !line.startsWith('A ')).map(words),
    );
  });
});

/** Without the places: the real page has a line more, with the application's name. */
const words = (line) =>
  line.replace(/( -?\d+){4}$/, (places) =>
    places
      .split(' ')
      .filter((_, at) => at !== 2)
      .join(' '),
  );

test('a phrase in one’s own words is said on the page', async () => {
  await inBrowser(world.visit('sign-in-experience?tab=content'), async ({ page, holds }) => {
    await page.getByRole('button', { name: 'Edit: English' }).click();
    await page.getByRole('searchbox', { name: 'Search phrases' }).fill('sign_in_to_your_account');
    await page.getByLabel('description.sign_in_to_your_account').fill('Good to see you');
    await holds('phrases');
    await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click();
    await preview(page).getByRole('heading', { name: 'Good to see you', includeHidden: true }).waitFor();
    await page.getByText('1 own phrase').waitFor();
  });
  await inBrowser(world.visitor(), async ({ page }) => {
    await openSignIn(page);
    await page.getByRole('heading', { name: 'Good to see you' }).waitFor();
  });
});

test('who may register with which name and address is a policy, and how long codes work', async () => {
  await inBrowser(world.visit('sign-in-experience?tab=policies'), async ({ page, holds }) => {
    const usernames = page.getByRole('region', { name: 'Usernames' });
    await usernames.getByLabel('Shortest').fill('30');
    await usernames.getByLabel('Longest').fill('20');
    for (const kind of ['Small letters', 'Capital letters', 'Underscore'])
      await usernames.getByRole('checkbox', { name: kind }).uncheck();
    const blocked = page.getByRole('combobox', { name: 'Refused' });
    await blocked.fill('nowhere');
    await blocked.press('Enter');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('This has to be at least the shortest').waitFor();
    await page.getByText('A username has to begin with a letter or an underscore').waitFor();
    await page.getByText('nowhere is neither an address nor a domain behind its @').waitFor();
    await holds('sign-in-experience-policies-wrong');
    await usernames.getByLabel('Shortest').fill('3');
    await usernames.getByRole('checkbox', { name: 'Small letters' }).check();
    await blocked.press('Backspace');
    await blocked.fill('@bad.example');
    await blocked.press('Enter');
    await page.getByLabel('Valid for (seconds)').fill('120');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();
  });
  const { usernamePolicy, emailBlocklistPolicy, verificationCodePolicy } = await world.api('GET', '/sign-in-exp');
  const allowedChars = { lowercase: true, uppercase: false, numbers: true, underscore: false };
  assert.deepEqual(usernamePolicy, { caseSensitive: true, minLength: 3, maxLength: 20, allowedChars });
  assert.deepEqual(emailBlocklistPolicy.customBlocklist, ['@bad.example']);
  assert.equal(verificationCodePolicy.expirationDuration, 120);
});

test('passwords expire only where people can be sent a code', async () => {
  await inBrowser(world.visit('sign-in-experience?tab=password'), async ({ page, expects, holds }) => {
    expects(/422/);
    await page.getByRole('switch', { name: 'Passwords expire' }).click({ force: true });
    await page.getByLabel('After (days)').fill('30');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page
      .getByText(/Passwords cannot expire while nobody can be sent a code|Changes saved/)
      .first()
      .waitFor();
    await holds('sign-in-experience-expiry');
  });
});

test('the pages of the sign-in experience hold in every look', async () => {
  for (const tab of ['branding', 'methods', 'password', 'policies', 'content'])
    await world.looksAt(`sign-in-experience-${tab}`, `sign-in-experience?tab=${tab}`, (page) =>
      page.frameLocator('iframe').locator('h1').waitFor(),
    );
});
