import { expect, test } from 'vitest';
import { isPhone, isUsername, phoneDigits } from './identifiers';

test('a phone number may be written as people write it, and is sent as its digits', () => {
  expect(isPhone('+41 44 668 18 00')).toBe(true);
  expect(phoneDigits('+41 44 668 18 00')).toBe('41446681800');
  expect(phoneDigits('  ')).toBe('');
});

test('a username does not begin with a digit', () => {
  expect(isUsername('ada_1')).toBe(true);
  expect(isUsername('1_ada')).toBe(false);
});
