import { expect, test } from 'vitest';
import { pattern } from './client';

test('what is typed is searched as it is, though the server takes patterns', () => {
  expect(pattern(' alice ')).toBe('%alice%');
  expect(pattern('50%_off')).toBe('%50\\%\\_off%');
  expect(pattern('   ')).toBeUndefined();
  expect(pattern(undefined)).toBeUndefined();
});
