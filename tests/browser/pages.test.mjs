// The hosted pages in a real browser: in light and dark, wide and on a phone, with and without script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { looks, startChromium, visitor } from './browser.mjs';
import { password, signIn, startEverything } from './people.mjs';

let world;
let chrome;
let shop;
let stranger;

/** Dark pages are off until an administrator wants them. */
const color = { primaryColor: '#6139F6', isDarkModeEnabled: true, darkPrimaryColor: '#8768F8' };

before(async () => {
  world = await startEverything();
  chrome = await startChromium();
  await world.api('PATCH', '/sign-in-exp', { color });
  shop = await world.application('Acme Shop');
  stranger = await world.application('Weather Widgets', { isThirdParty: true });
  await world.mayAsk(stranger, { userScopes: ['profile', 'email'] });
  await world.api('POST', '/users', { username: 'alice', password, name: 'Alice Archer', primaryEmail: 'alice@shop.example' });
});

after(async () => {
  await chrome?.close();
  await world?.stop();
});

/** A visitor for the time of a story. */
const visiting = async (options, story) => {
  const guest = await visitor(chrome, options);
  try {
    await story(guest);
  } finally {
    await guest.close();
  }
};

/** Waits for the application's page. */
const returns = async (page) => {
  await page.waitForURL(`${world.redirectUri}?**`);
  return new URL(page.url()).searchParams;
};

const everyLook = [...looks.map((look) => ({ ...look, script: true })), { scheme: 'light', size: 'wide', script: false }];

for (const look of everyLook) {
  const name = `${look.scheme}, ${look.size}, ${look.script ? 'with' : 'without'} script`;

  test(`a person signs in, and every page on the way can be used (${name})`, () =>
    visiting(look, async ({ page, holds }) => {
      await page.goto(world.request(shop));
      await holds('sign-in');
      await signIn(page, 'alice', 'wrong');
      assert.equal(await page.textContent('#alert'), 'The account or the password is wrong.');
      await holds('sign-in-refused');
      await signIn(page, 'alice');
      assert.equal((await returns(page)).get('state'), 'kept');
    }));

  test(`a person creates an account (${name})`, () =>
    visiting(look, async ({ page, holds }) => {
      const username = `bob_${look.scheme}_${look.size}_${look.script}`;
      await page.goto(world.request(shop));
      await page.click('text=Create account');
      await holds('register');
      await page.fill('#identifier', username);
      await page.fill('#password', '1234');
      await page.fill('#confirm_password', '1234');
      await page.click('button[type=submit]');
      assert.match(await page.textContent('#password-wrong'), /8 characters/);
      await holds('register-refused');
      await page.fill('#password', 'kd82hf7shw0');
      await page.fill('#confirm_password', 'kd82hf7shw0');
      await page.click('button[type=submit]');
      assert.ok((await returns(page)).get('code'));
    }));

  test(`a person allows a stranger what it asks for (${name})`, () =>
    visiting(look, async ({ page, holds }) => {
      await page.goto(world.request(stranger, { scope: 'openid profile email', prompt: 'consent' }));
      await signIn(page, 'alice');
      await page.waitForURL('**/consent?**');
      assert.equal(await page.textContent('h1'), 'Authorize Weather Widgets');
      await holds('consent');
      await page.click('button[type=submit]');
      assert.ok((await returns(page)).get('code'));
    }));

  test(`a person signs out (${name})`, () =>
    visiting(look, async ({ page, holds }) => {
      await page.goto(world.request(shop));
      await signIn(page, 'alice');
      await returns(page);
      await page.goto(`${world.signet.endpoint}/oidc/session/end`);
      if (!look.script) {
        assert.equal(await page.title(), 'Sign Out');
        await holds('sign-out');
        await page.click('button[type=submit]');
      }
      await page.waitForURL('**/oidc/session/end/success');
      await holds('signed-out');
      await page.goto(world.request(shop, { prompt: 'none' }));
      assert.equal((await returns(page)).get('error'), 'login_required');
    }));

  test(`what cannot go on says so (${name})`, () =>
    visiting(look, async ({ page, holds }) => {
      await page.goto(`${world.signet.endpoint}/sign-in`);
      await page.waitForURL('**/unknown-session');
      await holds('unknown-session');
      await page.goto(`${world.signet.endpoint}/account-suspended`);
      await holds('account-suspended');
      await page.goto(world.request(shop, { redirect_uri: 'https://evil.example/' }));
      assert.equal(await page.textContent('h1'), 'This request cannot be answered');
      await holds('refused-request');
    }));

  test(`an answer by form_post reaches the application (${name})`, () =>
    visiting(look, async ({ page, holds }) => {
      await page.goto(world.request(shop, { response_mode: 'form_post' }));
      await signIn(page, 'alice');
      if (!look.script) {
        await page.waitForSelector('#form-post');
        await holds('form-post');
        await page.click('button[type=submit]');
      }
      await page.waitForURL(world.redirectUri);
    }));
}

test('a person signs in with the keyboard alone', () =>
  visiting({}, async ({ page }) => {
    await page.goto(world.request(shop));
    // The first field has the focus already.
    await page.keyboard.type('alice');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    assert.ok((await returns(page)).get('code'));
  }));

test('everything on a page is reached with Tab, in its order, and shows where the focus is', () =>
  visiting({}, async ({ page }) => {
    await page.goto(world.request(shop));
    const seen = [];
    for (let press = 0; press < 6; press += 1) {
      seen.push(
        await page.evaluate(() => {
          const { id, tagName, textContent, ariaLabel } = document.activeElement;
          const outline = getComputedStyle(document.activeElement).outlineStyle;
          return [id || ariaLabel || textContent.trim() || tagName, outline];
        }),
      );
      await page.keyboard.press('Tab');
    }
    assert.deepEqual(seen, [
      ['identifier', 'solid'],
      ['password', 'solid'],
      ['Show password', 'solid'],
      ['Forgot your password?', 'solid'],
      ['Sign in', 'solid'],
      ['Create account', 'solid'],
    ]);
  }));

test('a password is shown to whoever asks, and sent as a password all the same', () =>
  visiting({}, async ({ page, holds }) => {
    await page.goto(world.request(shop));
    await page.fill('#password', password);
    await page.click('.toggle');
    assert.equal(await page.getAttribute('#password', 'type'), 'text');
    assert.equal(await page.getAttribute('.toggle', 'aria-pressed'), 'true');
    await holds('password-shown');
    await page.click('.toggle');
    assert.equal(await page.getAttribute('#password', 'type'), 'password');
  }));

test('the first page weighs at most 60 KB and asks nobody else for anything', () =>
  visiting({}, async ({ page, hosts }) => {
    const sizes = [];
    page.on('response', (response) => sizes.push(response.request().sizes()));
    await page.goto(world.request(shop), { waitUntil: 'networkidle' });
    const all = await Promise.all(sizes);
    const total = all.reduce((sum, { responseBodySize, responseHeadersSize }) => sum + responseBodySize + responseHeadersSize, 0);
    assert.ok(total > 1000 && total <= 60 * 1024, `${total} bytes`);
    assert.deepEqual([...hosts], [new URL(world.signet.endpoint).host]);
    console.log(`# the first page: ${total} bytes in ${all.length} answers`);
  }));

test('a person who reads Chinese reads Chinese', () =>
  visiting({ locale: 'zh-CN', size: 'phone' }, async ({ page, holds }) => {
    await page.goto(world.request(shop));
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    assert.equal(await page.textContent('h1'), '登录');
    await holds('sign-in-zh');
  }));

test('the back button after a sign-in ends in a page that says so', () =>
  visiting({}, async ({ page, holds }) => {
    await page.goto(world.request(shop));
    await signIn(page, 'alice');
    await returns(page);
    await page.goBack();
    assert.equal(await page.textContent('h1'), 'This sign-in has ended');
    await holds('back-after-sign-in');
  }));

test('no other page can frame a sign-in', () =>
  visiting({}, async ({ page }) => {
    await page.goto(`${world.elsewhere.origin}/`);
    const refused = page.waitForEvent('console', { predicate: (message) => /frame/i.test(message.text()) });
    await page.evaluate((source) => {
      const frame = document.createElement('iframe');
      frame.src = source;
      document.body.append(frame);
    }, `${world.signet.endpoint}/unknown-session`);
    const framed = await refused;
    assert.match(framed.text(), /frame-ancestors|X-Frame-Options/i);
  }));
