import { expect, test } from 'vitest';
import { inGroups, ticksFor } from './chartScale';
import { jsonProblem } from './JsonEditor';
import { listSearch, tabSearch } from './listState';
import { ago } from './Time';

test('of a list, the address keeps page, search and the filters that it knows', () => {
  const search = listSearch('type');
  expect(search({ q: 'alice', page: '3', type: 'SPA', other: 'x' })).toEqual({ q: 'alice', page: 3, type: 'SPA' });
  expect(search({ q: 123, page: 1, type: '' })).toEqual({ q: '123' });
  expect(search({ page: -2, q: { a: 1 } })).toEqual({});
  expect(tabSearch({ tab: 'general', x: 1 })).toEqual({ tab: 'general' });
});

test('JSON is checked, and custom data has to be an object', () => {
  expect(jsonProblem('{"a": 1}', true)).toBeUndefined();
  expect(jsonProblem('[1]')).toBeUndefined();
  expect(jsonProblem('[1]', true)).toEqual({ kind: 'notObject' });
  expect(jsonProblem('null', true)).toEqual({ kind: 'notObject' });
  expect(jsonProblem('{"a": }')?.kind).toBe('syntax');
});

test('a moment is so and so long ago', () => {
  const now = Date.UTC(2026, 0, 10);
  expect(ago(now - 2 * 3_600_000, now, 'en')).toBe('2 hours ago');
  expect(ago(now - 86_400_000, now, 'en')).toBe('yesterday');
  expect(ago(now + 3 * 86_400_000, now, 'zh-CN')).toBe('3天后');
});

test('an axis goes to a round number in at most five steps', () => {
  for (const largest of [0, 1, 3, 7, 19, 100, 101, 999, 12_345]) {
    const ticks = ticksFor(largest, true);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks.every(Number.isInteger)).toBe(true);
  }
  expect(ticksFor(0.9, false).at(-1)).toBeGreaterThanOrEqual(0.9);
});

test('hours are put together in order, and none is lost', () => {
  expect(inGroups([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(inGroups([], 6)).toEqual([]);
});
