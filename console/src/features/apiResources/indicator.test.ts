import { expect, test } from 'vitest';
import { isIndicator } from './indicator';

test('an API identifier is an absolute URI without a fragment', () => {
  expect(['https://api.example.com', 'urn:example:api', 'https://api.example.com/v1?x=1'].every(isIndicator)).toBe(true);
  expect(['api.example.com', '/api', 'https://api.example.com#part', 'https://', ''].some(isIndicator)).toBe(false);
});
