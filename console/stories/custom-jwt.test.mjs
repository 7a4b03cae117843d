// Claims scripts: the list, the editor, and the tokens that come of them.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { looks } from './harness/browser.mjs';
import { inBrowser } from './harness/run.mjs';
import { startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

/** Every story begins without scripts. */
beforeEach(async () => {
  for (const { key } of await world.api('GET', '/configs/jwt-customizer')) {
    const kind = key === 'jwt.accessToken' ? 'access-token' : 'client-credentials';
    await world.api('DELETE', `/configs/jwt-customizer/${kind}`);
  }
});

const ofMachines = 'customize-jwt/client-credentials';
const ofPeople = 'customize-jwt/access-token';

const script = (body) =>
  `/** @param {Payload} payload */\nconst getCustomJwtClaims = ({ token, context, environmentVariables, api }) => {\n  ${body}\n};\n`;

/** Saves a script by the API, as somebody did yesterday. */
const saved = (kind, body, settings = {}) =>
  world.api('PUT', `/configs/jwt-customizer/${kind}`, { script: script(body), ...settings });

/** The editor, once its library and its language service are there. */
const editorOf = async (page) => {
  const editor = page.getByRole('textbox', { name: /^Script\./ });
  await editor.waitFor();
  await page.locator('.monaco-editor .view-line').first().waitFor();
  return editor;
};

/** Puts the cursor behind a text. The editor's own search finds it. */
const goBehind = async (page, text) => {
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+F');
  const field = page.getByRole('textbox', { name: 'Find' });
  await field.fill(text);
  await field.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
};

/** Replaces what is in the editor of a sample. */
const write = async (page, name, text) => {
  await page.getByRole('textbox', { name }).focus();
  await page.keyboard.press('Control+A');
  // Typed brackets and quotes would bring others along.
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+V');
};

const resultOf = (page) => page.getByRole('region', { name: 'Test result', exact: true });

/** The claims of a machine's token, as its API reads them. */
const machineToken = async ({ clientId, clientSecret }, resource) => {
  const answer = await fetch(`${world.server.endpoint}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
  });
  assert.equal(answer.status, 200);
  const { access_token: token } = await answer.json();
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
};

test('a script is typed with completion, run, corrected where it failed, saved, and its claim is in a token', async () => {
  const resource = await world.resource('https://orders.example', 'read');
  const machine = await world.machine('orders', resource.scopeIds);
  await world.api('PATCH', `/applications/${machine.clientId}/custom-data`, { tier: 'gold' });
  await inBrowser(world.visit('customize-jwt'), async ({ page, expects, holds }) => {
    expects(/40[34]|422/);
    await page.getByRole('link', { name: 'Add custom claims: Machine-to-machine access token' }).click();
    const editor = await editorOf(page);
    await page.getByText('No problems').waitFor();
    await holds('script-new');

    await editor.focus();
    await goBehind(page, 'return {');
    await page.keyboard.type(' tier: context.app');
    await page.getByRole('option', { name: /^application/ }).waitFor();
    await holds('script-completion');
    await page.keyboard.press('Enter');
    await page.keyboard.type('.');
    await page.getByRole('option', { name: /^customData/ }).waitFor();
    await page.keyboard.type('customData.level.name ');

    await page.keyboard.press('Control+Enter');
    const result = resultOf(page);
    await result.getByText('The script failed').waitFor();
    const failed = page.locator('[class*="failedLine"]').first();
    await failed.waitFor();
    await page.locator('.view-line', { hasText: /cannot.read.property/ }).waitFor();
    await holds('script-failed');
    await result.getByRole('button', { name: /Go to line/ }).click();

    // The mark goes with the first edit; then the corrected script returns the claim.
    await goBehind(page, 'level.name');
    for (const _ of 'level.name') await page.keyboard.press('Backspace');
    await failed.waitFor({ state: 'detached' });
    await page.keyboard.type('tier');
    await page.keyboard.press('Control+Enter');
    await result.getByText('The script returned claims').waitFor();
    await result.getByRole('row', { name: /tier.*added.*gold/ }).waitFor();
    await holds('script-succeeded');

    await page.keyboard.press('Control+S');
    await page.getByText('The script is saved.').waitFor();
    await page.waitForURL(`**/${ofMachines}/edit`);
    await page.getByText('Everything is saved').waitFor();
    await holds('script-saved');
  });
  assert.equal((await machineToken(machine, 'https://orders.example')).tier, 'gold');
});

/** Moves the focus with Tab until it is on this, as somebody without a mouse does. */
const tabTo = async (page, target, key = 'Tab') => {
  await target.waitFor();
  for (let steps = 0; steps < 60; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    // The editor keeps Tab for itself, until Escape.
    if (await page.evaluate(() => document.activeElement.matches('.native-edit-context'))) await page.keyboard.press('Escape');
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${target}`);
};

test('the whole page is used without a mouse', async () => {
  await inBrowser(world.visit('customize-jwt'), async ({ page, expects, holds }) => {
    expects(/40[34]|422/);
    await tabTo(page, page.getByRole('link', { name: 'Add custom claims: User access token' }));
    await page.keyboard.press('Enter');
    const editor = await editorOf(page);
    await tabTo(page, page.getByRole('button', { name: /Run test/ }));
    await page.keyboard.press('Tab');
    assert.equal(await editor.evaluate((element) => element.contains(document.activeElement)), true);

    // Tab is a key of the editor, until Escape makes it the way out.
    await goBehind(page, 'return {');
    await page.keyboard.type(' plan: context.user.customData.plan ');
    await page.keyboard.press('Escape');
    for (const key of ['Home', 'Enter', 'ArrowUp']) await page.keyboard.press(key);
    await page.keyboard.press('Escape');
    await page.getByText('Tab now leaves the editor').waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await editor.evaluate((element) => element.contains(document.activeElement)), false);

    await tabTo(page, page.getByRole('tab', { name: 'Data source' }));
    await tabTo(page, page.getByRole('button', { name: /Environment variables/ }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Add variable' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('textbox', { name: 'Name', exact: true }), 'Shift+Tab');
    await page.keyboard.type('API_KEY');
    await page.keyboard.press('Tab');
    await page.keyboard.type('nobody guesses this');
    await tabTo(page, page.getByRole('button', { name: 'Insert the sample: Environment variables' }));
    await holds('script-keyboard-variables');
    await page.keyboard.press('Enter');
    await page.locator('.view-line', { hasText: 'API_KEY' }).waitFor();
    await page.getByText('No problems').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');

    await page.keyboard.press('Control+Enter');
    await resultOf(page).getByText('The script returned claims').waitFor();
    await tabTo(page, resultOf(page).getByRole('tab', { name: 'Token' }), 'Shift+Tab');
    await page.keyboard.press('ArrowRight');
    await resultOf(page).getByText('"plan"').waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Close the test result' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await resultOf(page).waitFor({ state: 'detached' });

    await tabTo(page, page.getByRole('tab', { name: 'Data source' }));
    await page.keyboard.press('ArrowRight');
    await tabTo(page, page.getByRole('textbox', { name: 'Token data' }));
    await holds('script-keyboard-test');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.matches('.native-edit-context')), false);
    await tabTo(page, page.getByRole('tab', { name: 'Test context' }), 'Shift+Tab');
    await page.keyboard.press('ArrowRight');
    await tabTo(page, page.getByRole('switch', { name: /Block token issuance/ }));
    await page.keyboard.press('Space');
    await tabTo(page, page.getByRole('button', { name: 'Create' }));
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/${ofPeople}/edit?tab=errors`);
    await holds('script-keyboard-saved');

    await tabTo(page, page.getByRole('button', { name: 'More actions' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('menuitem', { name: 'Delete custom claims' }), 'ArrowDown');
    await page.keyboard.press('Enter');
    const question = page.getByRole('dialog', { name: 'Delete custom claims?' });
    await question.waitFor();
    await holds('script-delete');
    await tabTo(page, question.getByRole('button', { name: 'Delete custom claims' }));
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Add custom claims: User access token' }).waitFor();
  });
  assert.deepEqual(await world.api('GET', '/configs/jwt-customizer'), []);
});

test('a test runs on a real person, and says what was ignored, what was written and who was refused', async () => {
  await world.person('wilma', { name: 'Wilma Real', customData: { plan: 'platinum' } });
  await saved(
    'access-token',
    `if (context.user.username !== 'wilma') api.denyAccess('Only for Wilma');
  console.warn('plan', context.user.customData);
  return { sub: 'somebody else', plan: context.user.customData.plan };`,
  );
  await inBrowser(world.visit(`${ofPeople}/edit?tab=test`), async ({ page, holds }) => {
    await editorOf(page);
    await page.getByRole('button', { name: /Run test/ }).click();
    const result = resultOf(page);
    await result.getByText('The script refused the token').waitFor();
    await result.getByText('Only for Wilma').waitFor();
    await holds('script-denied');

    await page.getByPlaceholder('Search', { exact: true }).fill('wilma');
    await page.getByRole('option', { name: /Wilma Real/ }).click();
    await page.getByRole('button', { name: 'Load into the test' }).click();
    await page.getByText('The test runs on real data now').waitFor();
    await holds('script-real');
    await page.getByRole('button', { name: /Run test/ }).click();
    await result.getByText('The script returned claims').waitFor();
    await result.getByText(/is protected, and was ignored/).waitFor();
    await result.getByRole('row', { name: /plan.*added.*platinum/ }).waitFor();
    await holds('script-ignored');
    await result.getByRole('tab', { name: /Console/ }).click();
    await result
      .getByRole('listitem')
      .filter({ hasText: /warn.*plan.*platinum/ })
      .waitFor();
    await holds('script-console');
  });
});

test('a machine is tried in one of its organizations', async () => {
  const machine = await world.machine('a worker');
  const { id } = await world.api('POST', '/organizations', { name: 'Real Inc.', customData: { internalId: 'r-7' } });
  await world.api('POST', `/organizations/${id}/applications`, { applicationIds: [machine.clientId] });
  await saved('client-credentials', 'return { internal: context.organization?.customData.internalId };');
  await inBrowser(world.visit(`${ofMachines}/edit?tab=test`), async ({ page, holds }) => {
    await editorOf(page);
    await page.getByRole('combobox', { name: /^Application/ }).fill('work');
    await page.getByRole('option', { name: 'a worker' }).click();
    await page.getByRole('combobox', { name: 'Organization' }).fill('real');
    await page.getByRole('option', { name: 'Real Inc.' }).click();
    await page.getByRole('button', { name: 'Load into the test' }).click();
    await page.getByText('The test runs on real data now').waitFor();
    await holds('script-real-machine');
    await page.getByRole('button', { name: /Run test/ }).click();
    await resultOf(page)
      .getByRole('row', { name: /internal.*added.*r-7/ })
      .waitFor();
  });
});

test('a stored variable is never shown; it is kept, replaced or removed', async () => {
  const values = { KEPT: 'the kept value', REPLACED: 'the old value', REMOVED: 'the removed value' };
  await saved('client-credentials', 'return { key: environmentVariables?.KEPT };', { environmentVariables: values });
  await inBrowser(world.visit('customize-jwt'), async ({ page, holds }) => {
    const told = [];
    page.on('response', async (answer) => {
      if (answer.url().includes('/api/configs/jwt-customizer') && answer.request().method() === 'GET') {
        // The page before this one may have been left in the middle of an answer.
        told.push(answer.text().catch(() => ''));
      }
    });
    await page.goto(world.url(`${ofMachines}/edit`));
    await editorOf(page);
    await page.getByRole('button', { name: /^Environment variables/ }).click();
    const variables = page.getByRole('region', { name: /^Environment variables/ });
    await variables.getByText('KEPT', { exact: true }).waitFor();
    assert.doesNotMatch(await page.content(), /the \w+ value/);
    const answers = (await Promise.all(told)).join();
    assert.match(answers, /KEPT/);
    assert.doesNotMatch(answers, /the \w+ value/);
    await page.getByRole('button', { name: 'Replace the value of REPLACED' }).click();
    await page.getByRole('textbox', { name: 'Value of REPLACED' }).fill('the new value');
    await page.getByRole('button', { name: 'Remove REMOVED' }).click();
    await page.getByText('Removed on save').waitFor();
    await page.getByRole('button', { name: 'Add variable' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('not-a-name');
    await page.getByText('Letters, digits and _ only').waitFor();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('KEPT');
    await page.getByText('There is one of this name').waitFor();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('ADDED');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Give it a value').waitFor();
    await holds('script-variables');
    await page.getByRole('textbox', { name: 'Value of ADDED' }).fill('the added value');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();
    await variables.getByText('ADDED', { exact: true }).waitFor();
    assert.equal(await page.getByText('Stored', { exact: true }).count(), 3);
  });
  const { environmentVariables } = await world.api('GET', '/configs/jwt-customizer/client-credentials');
  assert.deepEqual(environmentVariables, { KEPT: 'the kept value', REPLACED: 'the new value', ADDED: 'the added value' });
});

test('what was changed is not lost without a question', async () => {
  await saved('access-token', 'return {};');
  await inBrowser(world.visit(`${ofPeople}/edit?tab=errors`), async ({ page, holds }) => {
    await editorOf(page);
    const block = page.getByRole('switch', { name: /Block token issuance/ });
    assert.equal(await block.isChecked(), false);
    await block.check();
    await page.getByText('You have unsaved changes').waitFor();
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await page.getByRole('button', { name: 'Stay here' }).click();
    await page.getByRole('tab', { name: 'Test context' }).click();
    await write(page, 'Token data', '{\n"aud": 7,\n"surprise": 1\n}');
    await page.getByText(/^Line 2: .*string/).waitFor();
    await page.locator('.view-line', { hasText: /Expected.*string/ }).waitFor();
    await holds('script-sample-doubtful');
    await write(page, 'Token data', '{\n"aud": oops\n}');
    await page.getByRole('button', { name: /^Line 2: / }).click();
    await page.keyboard.press('End');
    await page.keyboard.type(',');
    await page.locator('[class*="wrong"]').first().waitFor();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The test data is no valid JSON.').waitFor();
    await holds('script-sample-wrong');
    await page.getByRole('button', { name: 'Reset: Token data' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByText('Everything is saved').waitFor();
    await page.getByRole('button', { name: 'Restore defaults' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore defaults' }).click();
    await page.locator('.view-line', { hasText: 'Returns claims for the access token of a person.' }).waitFor();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
  });
});

test('who changes the language keeps what they typed, and is told that the editor follows when the page is loaded anew', async () => {
  await saved('access-token', 'return {};');
  await inBrowser(world.visit(`${ofPeople}/edit`), async ({ page, holds }) => {
    await editorOf(page);
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitemradio', { name: '简体中文' }).click();
    await page.getByText('编辑器的菜单和命令仍为之前的语言。').waitFor();
    await holds('script-other-language');
    // The old page's editor has the same name, so what comes next waits for the new one.
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '重新加载页面' }).click()]);
    const editor = page.getByRole('textbox', { name: /^脚本/ });
    await editor.waitFor();
    await page.getByText('没有问题').waitFor();
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await editor.focus();
    await page.keyboard.press('F1');
    await page.getByRole('option', { name: /折叠/ }).first().waitFor();
    assert.equal(await page.getByText('编辑器的菜单和命令仍为之前的语言。').count(), 0);
  });
});

test('claims of the ID token are switched on and off, in groups by scope', async () => {
  await inBrowser(world.visit('customize-jwt'), async ({ page, holds }) => {
    const identities = page.getByRole('group', { name: 'With the scope identities' });
    await identities.getByRole('switch', { name: /sso_identities/ }).check();
    await page.getByRole('region', { name: 'You have unsaved changes' }).waitFor();
    await holds('id-token-changed');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Changes saved').waitFor();
  });
  const { enabledExtendedClaims } = await world.api('GET', '/configs/id-token');
  assert.ok(enabledExtendedClaims.includes('sso_identities'));
});

test('the pages of claims scripts hold in every look', async () => {
  await saved('access-token', 'return { plan: context.user.customData.plan };');
  await world.looksAt('custom-jwt', 'customize-jwt', (page) => page.getByRole('switch').first().waitFor());
  for (const look of [...looks, { scheme: 'light', size: 'wide', locale: 'zh-CN' }]) {
    await inBrowser(world.visit(`${ofPeople}/edit`, look), async ({ page, holds }) => {
      await page.locator('.monaco-editor .view-line').first().waitFor();
      await holds('script-data');
      for (const [index, tab] of ['script-test', 'script-errors'].entries()) {
        await page
          .getByRole('tab')
          .nth(index + 1)
          .click();
        await holds(tab);
      }
    });
  }
});

test('pages of scripts say when they cannot load, and try again', async () => {
  for (const look of looks) {
    await inBrowser(world.visit('dashboard', look), async ({ page, expects, holds }) => {
      expects(/503|404/);
      await page.route('**/api/configs/jwt-customizer/**', (route) => route.fulfill({ status: 503, json: { message: 'down' } }));
      await page.goto(world.url(`${ofPeople}/edit`));
      await page.getByRole('alert').getByText('The server failed (503)').waitFor();
      await holds('script-unreachable');
      await page.unroute('**/api/configs/jwt-customizer/**');
      await page.getByRole('button', { name: 'Try again' }).click();
      await editorOf(page);
      await page.waitForURL(`**/${ofPeople}/create`);
    });
  }
});
