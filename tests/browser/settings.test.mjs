// What an administrator sets, as people see it: codes in place of passwords, brands, languages, devices.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { looks, startChromium, visitor } from './browser.mjs';
import { password, signIn, startEverything } from './people.mjs';

let world;
let chrome;
let shop;

before(async () => {
  world = await startEverything();
  chrome = await startChromium();
  shop = await world.application('Acme Shop');
  await world.api('POST', '/users', { username: 'alice', password, primaryEmail: 'alice@shop.example' });
});

after(async () => {
  await chrome?.close();
  await world?.stop();
});

const visiting = async (options, story) => {
  const guest = await visitor(chrome, options);
  try {
    await story(guest);
  } finally {
    await guest.close();
  }
};

const returns = async (page) => {
  await page.waitForURL(`${world.redirectUri}?**`);
  return new URL(page.url()).searchParams;
};

/** The code of the newest message to somebody. */
const codeFor = async (address) => {
  const messages = await world.api('GET', '/development/messages');
  return messages.find(({ to }) => to === address).code;
};

const settings = (members) => world.api('PATCH', '/sign-in-exp', members);

const withEmail = {
  color: { primaryColor: '#6139F6', isDarkModeEnabled: true, darkPrimaryColor: '#8768F8' },
  signIn: {
    methods: [
      { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true },
      { identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: true },
    ],
  },
  signUp: { identifiers: ['email'], password: true, verify: true },
};

for (const look of looks) {
  test(`people prove who they are with codes (${look.scheme}, ${look.size})`, async () => {
    await settings(withEmail);
    const fresh = `bob-${look.scheme}-${look.size}@shop.example`;

    await visiting(look, async ({ page, holds }) => {
      await page.goto(world.request(shop));
      await page.fill('#identifier', 'alice@shop.example');
      await page.click('text=Use a verification code instead');
      assert.match(await page.textContent('.lead'), /alice@shop\.example/);
      await holds('verification-code');
      const right = await codeFor('alice@shop.example');
      await page.fill('#code', right === '000000' ? '000001' : '000000');
      await page.click('.button');
      assert.equal((await page.textContent('#code-wrong')).trim(), 'This code is wrong.');
      await holds('verification-code-refused');
      await page.click('text=Send another one');
      assert.equal(await page.textContent('#alert'), 'A new code is on its way.');
      await page.fill('#code', await codeFor('alice@shop.example'));
      await page.click('.button');
      assert.ok((await returns(page)).get('code'));
    });

    await visiting(look, async ({ page, holds }) => {
      await page.goto(world.request(shop, { first_screen: 'register' }));
      await page.fill('#identifier', fresh);
      await page.click('.button');
      await page.waitForURL('**/register/verification-code**');
      await page.fill('#code', await codeFor(fresh));
      await page.click('.button');
      await page.waitForURL('**/continue/password**');
      await holds('continue-password');
      await page.fill('#password', 'kd82hf7shw0');
      await page.fill('#confirm_password', 'kd82hf7shw0');
      await page.click('.button');
      assert.ok((await returns(page)).get('code'));
    });

    await visiting(look, async ({ page, holds }) => {
      await page.goto(world.request(shop));
      await page.click('text=Forgot your password?');
      await holds('forgot-password');
      await page.fill('#identifier', fresh);
      await page.click('.button');
      await page.waitForURL('**/forgot-password/verification-code**');
      await page.fill('#code', await codeFor(fresh));
      await page.click('.button');
      await page.waitForURL('**/forgot-password/reset**');
      await holds('reset-password');
      await page.fill('#password', 'p3xkw93hxqe');
      await page.fill('#confirm_password', 'p3xkw93hxqe');
      await page.click('.button');
      assert.match(await page.textContent('#alert'), /password has been changed/);
      await holds('password-changed');
      await signIn(page, fresh, 'p3xkw93hxqe');
      assert.ok((await returns(page)).get('code'));
    });
  });

  test(`whoever proves an address without an account may create one (${look.scheme}, ${look.size})`, async () => {
    await settings({ ...withEmail, signUp: { identifiers: ['email'], password: false, verify: true } });
    const fresh = `eve-${look.scheme}-${look.size}@shop.example`;
    await visiting(look, async ({ page, holds }) => {
      await page.goto(world.request(shop));
      await page.fill('#identifier', fresh);
      await page.click('text=Use a verification code instead');
      await page.fill('#code', await codeFor(fresh));
      await page.click('.button');
      assert.match(await page.textContent('.lead'), /no account/);
      await holds('other-way');
      await page.click('.button');
      assert.ok((await returns(page)).get('code'));
    });
  });

  test(`a person connects a device (${look.scheme}, ${look.size})`, async () => {
    await settings(withEmail);
    const television = await world.application('Living Room TV', {
      type: 'Native',
      customClientMetadata: { isDeviceFlow: true },
    });
    const started = await fetch(`${world.signet.endpoint}/oidc/device/auth`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: television.id, scope: 'openid' }),
    });
    const { user_code: userCode } = await started.json();
    await visiting(look, async ({ page, holds }) => {
      await page.goto(`${world.signet.endpoint}/device`);
      await holds('device');
      await page.fill('#user_code', 'WRNG-CODE');
      await page.click('.button');
      assert.match(await page.textContent('#user_code-wrong'), /not known/);
      await holds('device-refused');
      await page.fill('#user_code', userCode.toLowerCase());
      await page.click('.button');
      assert.equal((await page.textContent('.user-code')).trim(), userCode);
      assert.match(await page.textContent('#alert'), /Living Room TV/);
      await holds('device-confirm');
      await page.click('text=Confirm');
      await signIn(page, 'alice');
      await page.waitForURL('**/device/success');
      await holds('device-success');
    });
  });

  test(`a brand whose colour nobody could read on is readable all the same (${look.scheme}, ${look.size})`, async () => {
    const logo = `${world.elsewhere.origin}/logo.png`;
    await settings({
      ...withEmail,
      color: { primaryColor: '#FFE100', isDarkModeEnabled: true, darkPrimaryColor: '#101010' },
      branding: { logoUrl: logo },
      termsOfUseUrl: 'https://shop.example/terms',
      privacyPolicyUrl: 'https://shop.example/privacy',
      agreeToTermsPolicy: 'Manual',
      supportEmail: 'help@shop.example',
      supportWebsiteUrl: 'https://shop.example/help',
    });
    try {
      await visiting(look, async ({ page, holds, hosts }) => {
        await page.goto(world.request(shop), { waitUntil: 'networkidle' });
        await holds('branded');
        assert.ok(world.elsewhere.asked.includes('/logo.png'));
        assert.equal(hosts.size, 2);
      });
    } finally {
      await settings({
        branding: {},
        termsOfUseUrl: null,
        privacyPolicyUrl: null,
        agreeToTermsPolicy: 'Automatic',
        supportEmail: null,
        supportWebsiteUrl: null,
      });
    }
  });

  test(`a language from right to left runs from right to left (${look.scheme}, ${look.size})`, async () => {
    await settings(withEmail);
    await world.api('PUT', '/custom-phrases/ar', {
      input: { username: 'اسم المستخدم', email: 'البريد الإلكتروني', password: 'كلمة المرور' },
      action: { sign_in: 'تسجيل الدخول', create_account: 'إنشاء حساب', forgot_password: 'هل نسيت كلمة المرور؟' },
      description: { sign_in_to_your_account: 'تسجيل الدخول', no_account: 'ليس لديك حساب؟', sign_in_to_application: 'للمتابعة إلى {{name}}' },
    });
    await visiting(look, async ({ page, holds }) => {
      await page.goto(world.request(shop, { ui_locales: 'ar' }));
      assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
      const [field, toggle] = await Promise.all([page.locator('#password').boundingBox(), page.locator('.toggle').boundingBox()]);
      assert.ok(toggle.x < field.x + field.width / 2, 'the button is at the end of the field, which is on the left');
      await holds('sign-in-rtl');
    });
  });
}

test('custom CSS changes how pages look, and can fetch nothing from anywhere else', async () => {
  const evil = `${world.elsewhere.origin}/stolen`;
  await settings({
    ...withEmail,
    customCss: `@import url(${evil}-import); h1 { letter-spacing: 3px; background: url(${evil}-picture) } </style><script>document.title = 'owned'</script>`,
  });
  try {
    await visiting({}, async ({ page }) => {
      await page.goto(world.request(shop), { waitUntil: 'networkidle' });
      const spacing = await page.evaluate(() => getComputedStyle(document.querySelector('h1')).letterSpacing);
      assert.equal(spacing, '3px');
      assert.equal(await page.title(), 'Sign in');
      assert.deepEqual(world.elsewhere.asked.filter((path) => path.includes('stolen')), []);
    });
  } finally {
    await settings({ customCss: null });
  }
});
