/** From what is stored to what is edited, and back. */
import { expect, test } from 'vitest';
import { defaultScript } from './defaults';
import { blockedBy, draftOf, isSameDraft, parseObject, type StoredScript, storedOf } from './draft';
import { emptyVariable } from './variables';

const stored: StoredScript = {
  script: 'const getCustomJwtClaims = () => ({ a: 1 });',
  environmentVariables: { KEY: null },
  tokenSample: { aud: 'https://orders.example' },
  contextSample: { user: { id: 'alice' } },
  blockIssuanceOnError: true,
  storeLogs: true,
};

test('what was stored comes back as it was when nothing is changed', () => {
  const draft = draftOf('access-token', stored);
  expect(draft.variables.map(({ value }) => value)).toEqual(['']);
  expect(storedOf('access-token', draft)).toEqual(stored);
});

test('a new script blocks on errors, an old one without a word about it does not', () => {
  expect(draftOf('access-token', null).isBlocking).toBe(true);
  expect(draftOf('access-token', { script: '' }).isBlocking).toBe(false);
});

test('samples that nobody touched are not stored', () => {
  const draft = draftOf('client-credentials', null);
  expect(storedOf('client-credentials', draft)).toEqual({
    script: defaultScript('client-credentials'),
    blockIssuanceOnError: true,
  });
});

test('an empty row for a variable is no change, a removed variable is one', () => {
  const draft = draftOf('access-token', stored);
  expect(isSameDraft(draft, { ...draft, variables: [...draft.variables, emptyVariable()] })).toBe(true);
  const removed = draft.variables.map((row) => ({ ...row, state: 'removed' as const }));
  expect(isSameDraft(draft, { ...draft, variables: removed })).toBe(false);
});

test('a sample that is no object keeps the draft from being saved', () => {
  const draft = draftOf('access-token', stored);
  expect(blockedBy(draft)).toBeUndefined();
  for (const token of ['{', '[]', 'null', '"x"']) expect(blockedBy({ ...draft, token })).toBe('test');
  expect(blockedBy({ ...draft, variables: [{ ...emptyVariable(), name: 'KEY' }] })).toBe('data');
  expect(parseObject('{"a":1}')).toEqual({ a: 1 });
});
