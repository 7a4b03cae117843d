import { expect, test } from 'vitest';
import { type ScriptHour, scriptMarks } from './scriptMarks';

const hour = (at: number, runs: number, rest: Partial<ScriptHour> = {}): ScriptHour => ({
  hour: at,
  runs,
  failures: 0,
  denials: 0,
  p50Ms: null,
  p99Ms: null,
  ...rest,
});

test('both scripts are counted together, and a mark shows its slowest hour', () => {
  const people = [hour(0, 10, { failures: 1, p50Ms: 1, p99Ms: 4 }), hour(1, 30, { p50Ms: 3, p99Ms: 9 })];
  const machines = [hour(0, 0), hour(1, 20, { denials: 2, p50Ms: 1, p99Ms: 2 })];
  expect(scriptMarks([people, machines], 2)).toEqual([{ at: 0, succeeded: 57, failed: 1, denied: 2, p50: 2, p99: 9 }]);
});

test('an hour without runs has no latency, and without scripts there is nothing', () => {
  expect(scriptMarks([[hour(0, 0)]], 1)).toEqual([{ at: 0, succeeded: 0, failed: 0, denied: 0, p50: null, p99: null }]);
  expect(scriptMarks([], 1)).toEqual([]);
});
