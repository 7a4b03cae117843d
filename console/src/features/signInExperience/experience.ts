/** The sign-in experience as the form holds it, and as the API does. */
import { type Brand, type Branding, brandingOf, brandOf, type Color, colorOf } from '@/features/branding/brand';
import { type Policies, policiesOf, policyWriters, type StoredPolicies } from './policies';

export type Identifier = 'username' | 'email' | 'phone';
export const identifiers: Identifier[] = ['username', 'email', 'phone'];

export type Method = { identifier: Identifier; password: boolean; verificationCode: boolean; isPasswordPrimary: boolean };
export const modes = ['SignInAndRegister', 'SignIn', 'Register'] as const;
export const agreements = ['Automatic', 'ManualRegistrationOnly', 'Manual'] as const;

type SignUp = { identifiers: Identifier[]; password: boolean; verify: boolean };
type PasswordPolicy = {
  min: number;
  max: number;
  characterTypes: number;
  pwned: boolean;
  repetitionAndSequence: boolean;
  userInfo: boolean;
  words: string[];
};

/** What the form and the preview know. Texts that are not set are empty here, and null in the API. */
export type Experience = Policies & {
  brand: Brand;
  customCss: string;
  signInMode: (typeof modes)[number];
  signUp: SignUp;
  methods: Method[];
  termsOfUseUrl: string;
  privacyPolicyUrl: string;
  agreeToTermsPolicy: (typeof agreements)[number];
  supportEmail: string;
  supportWebsiteUrl: string;
  unknownSessionRedirectUrl: string;
  languageInfo: { autoDetect: boolean; fallbackLanguage: string };
  passwordPolicy: PasswordPolicy;
  lockOut: { maxAttempts: number; minutes: number };
  shortestPassword: number;
};

/** The members of `GET /api/sign-in-exp` that are edited here. */
export type Stored = StoredPolicies & {
  color: Color;
  branding: Branding;
  customCss: string | null;
  signInMode: Experience['signInMode'];
  signUp: SignUp;
  signIn: { methods: Method[] };
  termsOfUseUrl: string | null;
  privacyPolicyUrl: string | null;
  agreeToTermsPolicy: Experience['agreeToTermsPolicy'];
  supportEmail: string | null;
  supportWebsiteUrl: string | null;
  unknownSessionRedirectUrl: string | null;
  languageInfo: Experience['languageInfo'];
  passwordPolicy: {
    length?: { min?: number; max?: number };
    characterTypes?: { min?: number };
    rejects?: { pwned?: boolean; repetitionAndSequence?: boolean; userInfo?: boolean; words?: string[] };
  };
  sentinelPolicy: { maxAttempts?: number; lockoutDuration?: number };
};

/** What a fresh tenant's branding names. Nobody chose these, and the pages do not show them either. */
const notChosen = ['https://logto.io/logo.svg', 'https://logto.io/logo-dark.svg'];

const chosen = (branding: Branding): Branding =>
  Object.fromEntries(Object.entries(branding).filter(([, url]) => !notChosen.includes(url)));

const passwordPolicyOf = ({ length, characterTypes, rejects }: Stored['passwordPolicy']): PasswordPolicy => ({
  min: length?.min ?? 8,
  max: length?.max ?? 256,
  characterTypes: characterTypes?.min ?? 1,
  pwned: rejects?.pwned ?? true,
  repetitionAndSequence: rejects?.repetitionAndSequence ?? true,
  userInfo: rejects?.userInfo ?? true,
  words: rejects?.words ?? [],
});

export const experienceOf = (stored: Stored): Experience => ({
  brand: brandOf(stored.color, chosen(stored.branding)),
  customCss: stored.customCss ?? '',
  signInMode: stored.signInMode,
  signUp: stored.signUp,
  methods: stored.signIn.methods,
  termsOfUseUrl: stored.termsOfUseUrl ?? '',
  privacyPolicyUrl: stored.privacyPolicyUrl ?? '',
  agreeToTermsPolicy: stored.agreeToTermsPolicy,
  supportEmail: stored.supportEmail ?? '',
  supportWebsiteUrl: stored.supportWebsiteUrl ?? '',
  unknownSessionRedirectUrl: stored.unknownSessionRedirectUrl ?? '',
  languageInfo: stored.languageInfo,
  passwordPolicy: passwordPolicyOf(stored.passwordPolicy),
  lockOut: { maxAttempts: stored.sentinelPolicy.maxAttempts ?? 100, minutes: stored.sentinelPolicy.lockoutDuration ?? 60 },
  shortestPassword: stored.passwordPolicy.length?.min ?? 8,
  ...policiesOf(stored),
});

/** The member of the API that each part of the form is written to. */
const writers: { [Part in keyof Experience]?: (experience: Experience) => Partial<Stored> } = {
  ...policyWriters,
  brand: ({ brand }) => ({ color: colorOf(brand), branding: brandingOf(brand) }),
  customCss: ({ customCss }) => ({ customCss: customCss || null }),
  signInMode: ({ signInMode }) => ({ signInMode }),
  signUp: ({ signUp }) => ({ signUp: { ...signUp, verify: needsVerification(signUp.identifiers) } }),
  methods: ({ methods }) => ({ signIn: { methods } }),
  termsOfUseUrl: ({ termsOfUseUrl }) => ({ termsOfUseUrl: termsOfUseUrl || null }),
  privacyPolicyUrl: ({ privacyPolicyUrl }) => ({ privacyPolicyUrl: privacyPolicyUrl || null }),
  agreeToTermsPolicy: ({ agreeToTermsPolicy }) => ({ agreeToTermsPolicy }),
  supportEmail: ({ supportEmail }) => ({ supportEmail: supportEmail || null }),
  supportWebsiteUrl: ({ supportWebsiteUrl }) => ({ supportWebsiteUrl: supportWebsiteUrl || null }),
  unknownSessionRedirectUrl: ({ unknownSessionRedirectUrl }) => ({
    unknownSessionRedirectUrl: unknownSessionRedirectUrl || null,
  }),
  languageInfo: ({ languageInfo }) => ({ languageInfo }),
  passwordPolicy: ({ passwordPolicy: { min, max, characterTypes, ...rejects } }) => ({
    passwordPolicy: { length: { min, max }, characterTypes: { min: characterTypes }, rejects },
  }),
  lockOut: ({ lockOut }) => ({ sentinelPolicy: { maxAttempts: lockOut.maxAttempts, lockoutDuration: lockOut.minutes } }),
};

/** Addresses are verified before they identify an account. */
export const needsVerification = (chosenOnes: Identifier[]) => chosenOnes.some((identifier) => identifier !== 'username');

/** What a `PATCH` has to say for the parts that were changed. */
export const patchOf = (experience: Experience, changed: string[]): Partial<Stored> =>
  Object.assign({}, ...changed.map((part) => writers[part as keyof Experience]?.(experience) ?? {}));

export const blankExperience: Experience = experienceOf({
  color: {},
  branding: {},
  customCss: null,
  signInMode: 'SignInAndRegister',
  signUp: { identifiers: ['username'], password: true, verify: false },
  signIn: { methods: [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }] },
  termsOfUseUrl: null,
  privacyPolicyUrl: null,
  agreeToTermsPolicy: 'Automatic',
  supportEmail: null,
  supportWebsiteUrl: null,
  unknownSessionRedirectUrl: null,
  languageInfo: { autoDetect: true, fallbackLanguage: 'en' },
  passwordPolicy: {},
  sentinelPolicy: {},
  usernamePolicy: {},
  emailBlocklistPolicy: {},
  verificationCodePolicy: {},
  passwordExpiration: {},
});
