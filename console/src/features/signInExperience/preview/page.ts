/**
 * A hosted page as text: the markup of `crates/http/templates`, decided as `crates/http/src/pages/credentials.rs` decides it.
 * The pages themselves cannot be framed: their policy forbids it (`frame-ancestors 'none'`), and they need a sign-in that
 * an application began.
 */
import type { Experience, Identifier } from '../experience';
import { palette } from './palette';
import type { Words } from './wording';

export type Shown = { page: 'sign-in' | 'register'; isDark: boolean; language: string };

type Input = { experience: Experience; shown: Shown; t: Words; stylesheet: string };

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const asText = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

const address = (text: string) => (/^https?:\/\/\S+$/i.test(text) ? text : undefined);

const labels: Record<Identifier, string> = { username: 'input.username', email: 'input.email', phone: 'input.phone_number' };

const field = (label: string, kind: string, hint?: string) => `<div class="field"><label>${asText(label)}</label>
<div class="control"><input type="${kind}"></div>${hint ? `<p class="hint">${asText(hint)}</p>` : ''}</div>`;

const identifierField = (identifiers: Identifier[], t: Words) =>
  field(identifiers.map((identifier) => t(labels[identifier])).join(' / ') || t('input.username'), 'text');

const button = (label: string, isQuiet = false) =>
  `<button class="button${isQuiet ? ' quiet' : ''}" type="button">${asText(label)}</button>`;

const below = (before: string, label: string) => `<p class="below">${asText(before)} <a href="#">${asText(label)}</a></p>`;

const signIn = ({ experience, t }: Input) => {
  const { methods } = experience;
  const hasPassword = methods.some((method) => method.password);
  const hasCode = methods.some((method) => method.verificationCode);
  const prefersCode =
    hasCode && methods.every((method) => !method.password || (!method.isPasswordPrimary && method.verificationCode));
  const asksPassword = hasPassword && !prefersCode;
  const buttons = asksPassword
    ? button(t('action.sign_in')) + (hasCode ? button(t('action.sign_in_via_passcode'), true) : '')
    : button(t('action.continue'));
  const links = [
    !asksPassword && hasPassword ? below('', t('action.sign_in_via_password')) : '',
    experience.signInMode !== 'SignIn' ? below(t('description.no_account'), t('action.create_account')) : '',
  ];
  return `<h1>${asText(t('description.sign_in_to_your_account'))}</h1>
<form>${identifierField(
    methods.map(({ identifier }) => identifier),
    t,
  )}${asksPassword ? field(t('input.password'), 'password') : ''}${terms(experience, t, false)}
<div class="actions">${buttons}</div></form>${links.join('')}`;
};

const register = ({ experience, t }: Input) => {
  const { signUp, shortestPassword } = experience;
  const takesPassword = signUp.password && signUp.identifiers.length === 1 && signUp.identifiers[0] === 'username';
  const hint = t('description.password_requirement', { min: `${shortestPassword}` });
  const passwords = takesPassword
    ? field(t('input.password'), 'password', hint) + field(t('input.confirm_password'), 'password')
    : '';
  const link = experience.signInMode === 'Register' ? '' : below(t('description.have_account'), t('action.sign_in'));
  return `<h1>${asText(t('description.create_your_account'))}</h1>
<form>${identifierField(signUp.identifiers, t)}${passwords}${terms(experience, t, true)}
<div class="actions">${button(t(takesPassword ? 'action.create_account' : 'action.continue'))}</div></form>${link}`;
};

/** The text before and after the tags of a phrase; without tags, what is named comes last. */
const around = (text: string): [string, string] => {
  const parts = /^(.*?)<(\w+)>.*?<\/\2>(.*)$/.exec(text);
  return parts ? [parts[1] ?? '', parts[3] ?? ''] : [`${text} `, ''];
};

const terms = (experience: Experience, t: Words, registers: boolean) => {
  const named: [string, string][] = [
    [experience.termsOfUseUrl, 'description.terms_of_use'],
    [experience.privacyPolicyUrl, 'description.privacy_policy'],
  ];
  const links = named.filter(([url]) => address(url)).map(([, key]) => `<a href="#">${asText(t(key))}</a>`);
  if (links.length === 0) return '';
  const { agreeToTermsPolicy: policy } = experience;
  const mustAgree = policy === 'Manual' || (policy === 'ManualRegistrationOnly' && registers);
  const [before, after] = around(t(mustAgree ? 'description.agree_with_terms' : 'description.auto_agreement'));
  const text = `${asText(before)}${links.join(` ${asText(t('list.and'))} `)}${asText(after)}`;
  if (!mustAgree) return `<p class="aside hint">${text}</p>`;
  return `<div class="field"><div class="agree"><input type="checkbox"><label>${text}</label></div></div>`;
};

const drawing =
  '<svg viewBox="0 0 44 44" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="3"><circle cx="22" cy="22" r="19"/><circle cx="22" cy="18" r="6"/><path d="M22 24v9m0-3h5" stroke-linecap="round"/></svg>';

const logo = ({ brand }: Experience, isDark: boolean) => {
  const picture = address((isDark && brand.darkLogoUrl) || brand.logoUrl);
  return picture ? `<img src="${asText(picture)}" alt="" referrerpolicy="no-referrer">` : drawing;
};

const support = ({ supportEmail, supportWebsiteUrl }: Experience, t: Words) => {
  const line = (key: string, label: string) => {
    const [before, after] = around(t(key));
    return `<p>${asText(before)}<a href="#">${asText(label)}</a>${asText(after)}</p>`;
  };
  const lines = [
    supportEmail.includes('@') ? line('description.support_email', supportEmail) : '',
    address(supportWebsiteUrl) ? line('description.support_website', supportWebsiteUrl.replace(/^https?:\/\//, '')) : '',
  ].join('');
  return lines ? `<footer class="foot">${lines}</footer>` : '';
};

/** Custom CSS is the administrator's own, but it must not end its element. */
const asStyle = (css: string) => css.replace(/<\/?style/gi, '');

export const pageHtml = (input: Input) => {
  const { experience, shown, t, stylesheet } = input;
  const isDark = shown.isDark && experience.brand.isDarkModeEnabled;
  // The switch above the preview decides, not what the reader's own system prefers.
  const css = stylesheet.replaceAll('(prefers-color-scheme: dark)', isDark ? 'all' : 'not all');
  const colours = Object.entries(palette(experience.brand, isDark)).map(([name, value]) => `${name}:${value}`);
  return `<!doctype html><html lang="${asText(shown.language)}"${isDark ? ' class="has-dark"' : ''}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="${isDark ? 'dark' : 'light'}">
<style>${css}</style><style>:root{${colours.join(';')}}</style><style>${asStyle(experience.customCss)}</style></head>
<body class="page ${shown.page}" inert><main class="card"><div class="brand">${logo(experience, isDark)}</div>
${shown.page === 'register' ? register(input) : signIn(input)}</main>${support(experience, t)}</body></html>`;
};
