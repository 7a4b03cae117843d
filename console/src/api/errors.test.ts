import { expect, test } from 'vitest';
import type { Translate } from '@/i18n/I18n';
import { hasPhrase, translate } from '@/i18n/translate';
import type { PhraseKey } from '@/i18n/types';
import { phrases } from '@/phrases/en';
import { ApiError, errorText } from './errors';

const t = Object.assign((key: PhraseKey, values?: Record<string, string | number>) => translate(phrases, 'en', key, values), {
  maybe: (key: string) => (hasPhrase(phrases, key) ? translate(phrases, 'en', key as PhraseKey) : undefined),
  rich: () => '',
}) as Translate;

test('a code that has a phrase is said in the language of the page', () => {
  const error = new ApiError(422, { code: 'resource.resource_identifier_in_use', message: 'in use' });
  expect(errorText(error, t)).toBe('Another API resource has this identifier.');
});

test('a code without a phrase is said in the words of the server', () => {
  expect(errorText(new ApiError(422, { code: 'new.code', message: 'The new thing is not allowed.' }), t)).toBe(
    'The new thing is not allowed.',
  );
});

test('a value that the server does not take is named', () => {
  const data = { issues: [{ code: 'invalid_string', path: ['profile', 'website'], message: 'Invalid' }] };
  expect(errorText(new ApiError(400, { code: 'guard.invalid_input', message: 'Invalid input', data }), t)).toBe(
    'The server does not accept the value of “profile.website”.',
  );
});

test('no answer, no permission and a failure each say what they are', () => {
  expect(errorText(new TypeError('Failed to fetch'), t)).toContain('does not answer');
  expect(errorText(new ApiError(403, { message: 'forbidden' }), t)).toBe('Your account may not do this.');
  expect(errorText(new ApiError(500, { message: 'internal' }), t)).toContain('(500)');
  expect(errorText('what is this', t)).toContain('unexpected');
});
