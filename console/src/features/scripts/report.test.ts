/** Tokens side by side, and failures on their line. */
import { describe, expect, test } from 'vitest';
import { compareTokens, placeOf } from './report';

describe('two tokens side by side', () => {
  test('say of each claim whether the script added, changed or removed it', () => {
    const rows = compareTokens({ iss: 'a', scope: 'read', gone: 1 }, { iss: 'a', scope: 'write', tier: { name: 'gold' } });
    expect(rows).toEqual([
      { name: 'iss', change: 'same', before: '"a"', after: '"a"' },
      { name: 'scope', change: 'changed', before: '"read"', after: '"write"' },
      { name: 'gone', change: 'removed', before: '1' },
      { name: 'tier', change: 'added', after: '{\n  "name": "gold"\n}' },
    ]);
  });

  test('are the same when the script failed', () => {
    expect(compareTokens({ iss: 'a' }, null)).toEqual([{ name: 'iss', change: 'same', before: '"a"', after: '"a"' }]);
  });

  test('tell null from a claim that is not there', () => {
    expect(compareTokens({}, { act: null })).toEqual([{ name: 'act', change: 'added', after: 'null' }]);
  });
});

describe('the place of a failure', () => {
  const script = 'const a = 1;\n  return user.name.toUpperCase();\n\n';

  test('is the word at its column', () => {
    expect(placeOf({ line: 2, column: 10 }, script)).toEqual({ line: 2, from: 10, to: 14 });
    expect(placeOf({ line: 2, column: 14 }, script)).toEqual({ line: 2, from: 14, to: 15 });
  });

  test('is the whole line without a column, or with one behind its end', () => {
    expect(placeOf({ line: 2 }, script)).toEqual({ line: 2, from: 3, to: 34 });
    expect(placeOf({ line: 2, column: 90 }, script)).toEqual({ line: 2, from: 3, to: 34 });
    expect(placeOf({ line: 3 }, script)).toEqual({ line: 3, from: 1, to: 2 });
  });

  test('is nowhere when there is none, or the text is shorter by now', () => {
    expect(placeOf({ line: null, column: null }, script)).toBeUndefined();
    expect(placeOf({ line: 9, column: 1 }, script)).toBeUndefined();
  });
});
