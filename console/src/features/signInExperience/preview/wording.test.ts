/** Phrases of the hosted pages, as the preview and the editor use them. */
import { expect, test } from 'vitest';
import { builtInPhrases, builtInTags, flatten, unflatten, wordsOf } from './wording';

test('the phrase files of the server are the built-in languages', async () => {
  expect(builtInTags).toContain('en');
  expect(flatten(await builtInPhrases('zh-CN')).length).toBe(flatten(await builtInPhrases('en')).length);
});

test('a tree goes to paths and back, without what is empty', () => {
  const tree = { action: { sign_in: 'Go', deep: { er: 'x' } } };
  expect(unflatten(Object.fromEntries(flatten(tree)))).toEqual(tree);
  expect(unflatten({ 'action.sign_in': '', 'input.email': 'Mail' })).toEqual({ input: { email: 'Mail' } });
});

test('the tenant’s own phrase wins, and placeholders are filled', () => {
  const t = wordsOf({ a: { b: 'built-in', c: 'at least {{min, number}}' } }, { a: { b: 'own' } });
  expect(t('a.b')).toBe('own');
  expect(t('a.c', { min: '8' })).toBe('at least 8');
});
