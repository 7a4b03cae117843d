/** Seconds become what people write, and come back. */
import { expect, test } from 'vitest';
import { durationOf, secondsOf } from './duration';

test('the largest whole unit is taken', () => {
  expect(durationOf(1_209_600)).toEqual({ amount: 14, unit: 'days' });
  expect(durationOf(7200)).toEqual({ amount: 2, unit: 'hours' });
  expect(durationOf(5400)).toEqual({ amount: 90, unit: 'minutes' });
  expect(durationOf(61)).toEqual({ amount: 2, unit: 'minutes' });
});

test('it comes back as the same seconds', () => {
  for (const seconds of [60, 5400, 7200, 86_400, 1_209_600]) expect(secondsOf(durationOf(seconds))).toBe(seconds);
});
