/** Policies between the form and the API. */
import { expect, test } from 'vitest';
import { policiesOf, policyWriters, type StoredPolicies } from './policies';

const nothing: StoredPolicies = {
  usernamePolicy: {},
  emailBlocklistPolicy: {},
  verificationCodePolicy: {},
  passwordExpiration: {},
};

test('what nobody set is shown as the server decides it', () => {
  expect(policiesOf(nothing)).toEqual({
    usernamePolicy: {
      caseSensitive: true,
      minLength: 1,
      maxLength: 128,
      characters: ['lowercase', 'uppercase', 'numbers', 'underscore'],
    },
    emailBlocklist: { subaddressing: false, blocked: [], allowed: [] },
    codes: { seconds: 600, attempts: 10 },
    passwordExpiration: { isEnabled: false, days: 90 },
  });
});

test('a policy is written as it was read', () => {
  const stored: StoredPolicies = {
    usernamePolicy: {
      caseSensitive: false,
      minLength: 3,
      maxLength: 20,
      allowedChars: { lowercase: true, uppercase: false, numbers: true, underscore: false },
    },
    emailBlocklistPolicy: { blockSubaddressing: true, customBlocklist: ['@bad.example'], customAllowlist: ['a@bad.example'] },
    verificationCodePolicy: { expirationDuration: 120, maxRetryAttempts: 3 },
    passwordExpiration: { enabled: true, validPeriodDays: 30 },
  };
  const policies = policiesOf(stored);
  expect(Object.assign({}, ...Object.values(policyWriters).map((write) => write(policies)))).toEqual(stored);
});
