/** The preview says what the pages say, and nothing that is typed into the form becomes markup. */
import { expect, test } from 'vitest';
import { blankExperience, type Experience } from '../experience';
import { pageHtml, type Shown } from './page';
import { builtInPhrases, wordsOf } from './wording';

const page = async (changed: Partial<Experience>, shown: Partial<Shown> = {}) =>
  pageHtml({
    experience: { ...blankExperience, ...changed },
    shown: { page: 'sign-in', isDark: false, language: 'en', ...shown },
    t: wordsOf(await builtInPhrases('en'), {}),
    stylesheet: '@media (prefers-color-scheme: dark) { .has-dark { --page: #000 } }',
  });

test('a fresh tenant signs in with username and password, and offers to create an account', async () => {
  const html = await page({});
  expect(html).toContain('<label>Username</label>');
  expect(html).toContain('type="password"');
  expect(html).toContain('Create account');
});

test('a tenant that takes nobody new does not offer accounts', async () => {
  expect(await page({ signInMode: 'SignIn' })).not.toContain('Create account');
});

test('codes alone need no password field', async () => {
  const html = await page({
    methods: [{ identifier: 'email', password: false, verificationCode: true, isPasswordPrimary: false }],
  });
  expect(html).toContain('<label>Email</label>');
  expect(html).not.toContain('type="password"');
});

test('terms are a box to tick where they have to be agreed to', async () => {
  const terms = { termsOfUseUrl: 'https://example.com/terms' };
  expect(await page({ ...terms, agreeToTermsPolicy: 'Automatic' })).not.toContain('type="checkbox"');
  const manual = { ...terms, agreeToTermsPolicy: 'ManualRegistrationOnly' as const };
  expect(await page(manual)).not.toContain('type="checkbox"');
  expect(await page(manual, { page: 'register' })).toContain('type="checkbox"');
});

test('what is typed stays text', async () => {
  const brand = { ...blankExperience.brand, logoUrl: 'https://x/"onerror="alert(1)' };
  const html = await page({ brand, supportEmail: 'a@b<script>', customCss: '</style><script>alert(1)</script>' });
  expect(html).not.toContain('"onerror="');
  expect(html).not.toContain('b<script>');
  expect(html).not.toContain('</style><script>');
});

test('dark pages are shown only where the tenant has them', async () => {
  expect(await page({}, { isDark: true })).toContain('@media not all');
  const brand = { ...blankExperience.brand, isDarkModeEnabled: true };
  expect(await page({ brand }, { isDark: true })).toContain('@media all');
});
