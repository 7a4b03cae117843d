/** The events of the audit log, and how they are said. */
import type { Translate } from '@/i18n/I18n';

const flows = ['SignIn', 'Register', 'ForgotPassword'] as const;
const steps = ['Create', 'Update', 'Submit', 'Identifier.Submit', 'Profile.Update'] as const;
const ways = ['Password', 'EmailVerificationCode', 'PhoneVerificationCode', 'OneTimeToken', 'NewPasswordIdentity'] as const;
const others = [
  'Interaction.Create',
  'Interaction.End',
  'ExchangeTokenBy.AuthorizationCode',
  'ExchangeTokenBy.RefreshToken',
  'ExchangeTokenBy.ClientCredentials',
  'ExchangeTokenBy.TokenExchange',
  'ExchangeTokenBy.DeviceCode',
  'ExchangeTokenBy.Unknown',
  'RevokeToken',
  'RevokeGrants',
  'JwtCustomizer.AccessToken',
  'JwtCustomizer.ClientCredentials',
] as const;

/** Every event that a filter offers. */
export const eventKeys: string[] = [
  ...others,
  ...flows.flatMap((flow) => [
    ...steps.map((step) => `Interaction.${flow}.${step}`),
    ...ways.flatMap((way) => ['Create', 'Submit'].map((step) => `Interaction.${flow}.Verification.${way}.${step}`)),
  ]),
];

/** An event in words; by its key when nobody wrote any. */
export const eventTitle = (key: string, t: Translate): string => {
  const said = (name: string) => t.maybe(`auditLogs.events.${name.replaceAll('.', '_')}`);
  const whole = said(key);
  if (whole) return whole;
  const [, flow = '', ...rest] = key.split('.');
  const flowName = t.maybe(`auditLogs.flows.${flow}`);
  const [kind, way = '', end] = rest;
  const step =
    kind === 'Verification'
      ? t.maybe(`auditLogs.verification.${end}`, { way: t.maybe(`auditLogs.ways.${way}`) ?? way })
      : t.maybe(`auditLogs.steps.${rest.join('_')}`);
  return flowName && step ? `${flowName}: ${step}` : key;
};
