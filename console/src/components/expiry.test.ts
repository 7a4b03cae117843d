import { describe, expect, it } from 'vitest';
import { expiresAt, isFuture } from './expiry';

const now = new Date('2026-11-26T10:00:00').getTime();

describe('the end of a secret', () => {
  it('is never, in days, or at the end of a day', () => {
    expect(expiresAt('never', '', now)).toBeUndefined();
    expect(expiresAt('30', '', now)).toBe(now + 30 * 86_400_000);
    expect(expiresAt('date', '2026-12-24', now)).toBe(new Date('2026-12-24T23:59:59.999').getTime());
  });

  it('may be today, but not in the past', () => {
    expect(isFuture('2026-11-26', now)).toBe(true);
    expect(isFuture('2026-11-25', now)).toBe(false);
    expect(isFuture('', now)).toBe(false);
  });
});
