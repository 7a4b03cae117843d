/** Policies of the sign-in experience as the form holds them, and as the API does: there, what nobody set is not there. */

export const characterKinds = ['lowercase', 'uppercase', 'numbers', 'underscore'] as const;
type CharacterKind = (typeof characterKinds)[number];

export type Policies = {
  usernamePolicy: { caseSensitive: boolean; minLength: number; maxLength: number; characters: CharacterKind[] };
  emailBlocklist: { subaddressing: boolean; blocked: string[]; allowed: string[] };
  codes: { seconds: number; attempts: number };
  passwordExpiration: { isEnabled: boolean; days: number };
};

export type StoredPolicies = {
  usernamePolicy: {
    caseSensitive?: boolean;
    minLength?: number;
    maxLength?: number;
    allowedChars?: Partial<Record<CharacterKind, boolean>>;
  };
  emailBlocklistPolicy: { blockSubaddressing?: boolean; customBlocklist?: string[]; customAllowlist?: string[] };
  verificationCodePolicy: { expirationDuration?: number; maxRetryAttempts?: number };
  passwordExpiration: { enabled?: boolean; validPeriodDays?: number };
};

export const policiesOf = ({
  usernamePolicy: { caseSensitive = true, minLength = 1, maxLength = 128, allowedChars = {} },
  emailBlocklistPolicy: { blockSubaddressing = false, customBlocklist = [], customAllowlist = [] },
  verificationCodePolicy: { expirationDuration = 600, maxRetryAttempts = 10 },
  passwordExpiration: { enabled = false, validPeriodDays = 90 },
}: StoredPolicies): Policies => ({
  usernamePolicy: {
    caseSensitive,
    minLength,
    maxLength,
    characters: characterKinds.filter((kind) => allowedChars[kind] ?? true),
  },
  emailBlocklist: { subaddressing: blockSubaddressing, blocked: customBlocklist, allowed: customAllowlist },
  codes: { seconds: expirationDuration, attempts: maxRetryAttempts },
  passwordExpiration: { isEnabled: enabled, days: validPeriodDays },
});

/** The member of the API that each policy is written to. */
export const policyWriters: { [Part in keyof Policies]: (policies: Policies) => Partial<StoredPolicies> } = {
  usernamePolicy: ({ usernamePolicy: { characters, ...rest } }) => {
    const allowedChars = Object.fromEntries(characterKinds.map((kind) => [kind, characters.includes(kind)]));
    return { usernamePolicy: { ...rest, allowedChars } };
  },
  emailBlocklist: ({ emailBlocklist: { subaddressing, blocked, allowed } }) => ({
    emailBlocklistPolicy: { blockSubaddressing: subaddressing, customBlocklist: blocked, customAllowlist: allowed },
  }),
  codes: ({ codes: { seconds, attempts } }) => ({
    verificationCodePolicy: { expirationDuration: seconds, maxRetryAttempts: attempts },
  }),
  passwordExpiration: ({ passwordExpiration: { isEnabled, days } }) => ({
    passwordExpiration: isEnabled ? { enabled: true, validPeriodDays: days } : { enabled: false },
  }),
};
