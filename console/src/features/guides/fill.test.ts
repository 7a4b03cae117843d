import { describe, expect, it } from 'vitest';
import { fillIn } from './fill';
import { type Framework, frameworkOf } from './frameworks';

const react = frameworkOf('react') as Framework;
const values = { endpoint: 'https://id.example', appId: 'abc' };

describe('filling in a guide', () => {
  it('puts the values of the application in the place of the written ones', () => {
    const text = "endpoint: 'http://localhost:3001', appId: 'your-app-id', resources: ['https://api.example.com']";
    expect(fillIn(text, react, { ...values, api: 'https://orders.example' })).toBe(
      "endpoint: 'https://id.example', appId: 'abc', resources: ['https://orders.example']",
    );
  });

  it('leaves what the application has no value for', () => {
    expect(fillIn('your-app-secret https://api.example.com', react, values)).toBe('your-app-secret https://api.example.com');
  });

  it('replaces an address before its origin, and the origin wherever else it is', () => {
    const uris = { redirectUri: 'https://app.example/sign-in', postLogoutRedirectUri: 'https://app.example/bye' };
    expect(
      fillIn('http://localhost:5173/callback http://localhost:5173/ http://localhost:5173', react, { ...values, ...uris }),
    ).toBe('https://app.example/sign-in https://app.example/bye https://app.example');
  });

  it('does not take a part of a longer word for a placeholder', () => {
    expect(fillIn('your-app-id-2 http://localhost:30011', react, values)).toBe('your-app-id-2 http://localhost:30011');
  });
});
