import { describe, expect, it } from 'vitest';
import { filledIn, isOrigin, isRedirectUri } from './redirectUri';

describe('redirect URIs', () => {
  it.each([
    'https://app.example/callback',
    'http://localhost:3000/callback?from=here',
    'https://*.preview.example/callback',
    'com.example.app:/callback',
    'com.example.app://callback',
  ])('accepts %s', (uri) => expect(isRedirectUri(uri)).toBe(true));

  it.each([
    '',
    '/callback',
    'app.example/callback',
    'https://',
    'https:app.example',
    'https://app.example/a b',
    'javascript:alert(1)',
    'data:text/html,hi',
    'https://app.example/?next=*',
  ])('refuses %s', (uri) => expect(isRedirectUri(uri)).toBe(false));
});

describe('origins', () => {
  it('end with the host or the port', () => {
    expect(['https://app.example', 'http://localhost:3000', '*'].every(isOrigin)).toBe(true);
    expect(['https://app.example/', 'app.example', 'https://app.example/path', ''].some(isOrigin)).toBe(false);
  });
});

describe('lists of texts', () => {
  it('count what is filled in, once', () => {
    expect(filledIn([' a ', '', 'b', 'a'])).toEqual(['a', 'b']);
  });
});
