// With the README closed: from an empty server to a token with a claim of one's own, by what the pages say.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inBrowser } from './harness/run.mjs';
import { registerFirstAdministrator, startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

const script = 'const getCustomJwtClaims = async () => ({ plan: "gold" });';

/** What the guide's commands would do, with the values that they have on the page. */
const followGuide = async (code) => {
  const value = (pattern) => pattern.exec(code)?.[1] ?? assert.fail(`the guide has no ${pattern} in ${code}`);
  const answer = await fetch(`${value(/ENDPOINT=(\S+)/)}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${value(/APP_ID=(\S+)/)}:${value(/APP_SECRET=(\S+)/)}`)}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: value(/resource=(\S+)/),
      scope: value(/scope=(\S+)/),
    }),
  });
  const body = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(body));
  return JSON.parse(Buffer.from(body.access_token.split('.')[1], 'base64url').toString());
};

test('a first visit leads to a token with a claim of its own, and the dashboard says that it did', async () => {
  const began = Date.now();
  await inBrowser(world.visitor(), async ({ page, expects, holds }) => {
    expects(/404/);
    await page.goto(new URL('/', world.url('')).href);
    await registerFirstAdministrator(page);
    await holds('dashboard-first-visit');

    await page.getByRole('link', { name: /Write a claims script/ }).click();
    await page.getByRole('link', { name: 'Add custom claims: Machine-to-machine access token' }).click();
    const editor = page.getByRole('textbox', { name: /^Script\./ });
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await editor.focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(script);
    await page.keyboard.press('Control+Enter');
    await page.getByText('The script returned claims').waitFor();
    await page.keyboard.press('Control+S');
    await page.getByText('The script is saved.').waitFor();

    await page.getByRole('link', { name: 'Dashboard' }).click();
    await page.getByRole('link', { name: /Done.*Write a claims script/ }).waitFor();
    await page.getByRole('link', { name: /Name an API/ }).click();
    await page.getByRole('button', { name: 'Create API resource' }).first().click();
    await page.getByRole('textbox', { name: 'API name' }).fill('Bookings');
    await page.getByRole('textbox', { name: 'API identifier' }).fill('https://bookings.example');
    await page.getByRole('dialog').getByRole('button', { name: 'Create API resource' }).click();
    await page.getByRole('heading', { name: 'Bookings' }).waitFor();

    await page.getByRole('link', { name: 'Dashboard' }).click();
    await page.getByRole('link', { name: /Create an application/ }).click();
    await page.getByRole('button', { name: /client_credentials/ }).click();
    await page.getByLabel('Application name').fill('First machine');
    await page.getByRole('dialog').getByRole('button', { name: 'Create application' }).click();
    await page.getByRole('heading', { name: 'Guide: Machine-to-machine' }).waitFor();
    // There is one API, so the guide is about it unasked.
    await page.locator('pre', { hasText: 'https://bookings.example' }).first().waitFor();
    await page.getByRole('switch', { name: 'Show the secret in the code' }).click({ force: true });
    await page.locator('pre', { hasText: 'your-app-secret' }).first().waitFor({ state: 'detached' });

    const claims = await followGuide(await page.locator('pre', { hasText: 'APP_SECRET=' }).first().textContent());
    assert.equal(claims.plan, 'gold');
    console.log(`from the first page to the token: ${((Date.now() - began) / 1000).toFixed(1)} s of a machine's time`);

    // Counted about a second later, in the background.
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await page.getByRole('img', { name: 'Script runs' }).waitFor();
    await page.getByRole('region', { name: 'To a token with a claim of your own' }).waitFor({ state: 'detached' });
    await holds('dashboard-after-first-token');
  });
});
