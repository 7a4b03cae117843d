// The OpenID provider under test, as run.mjs started it, and the people and clients that its administrator makes.
import assert from 'node:assert/strict';
import { administratorOf } from '../tests/clients/administrator.mjs';
import { newBrowser, request } from '../tests/clients/browser.mjs';

const { CERTIFICATION_ENDPOINT: endpoint, CERTIFICATION_APP_ID: clientId, CERTIFICATION_APP_SECRET: clientSecret } = process.env;

let people = 0;

/** Of nobody else, here or in the process that runs beside this one. */
const phoneNumber = () => `1415${200 + (process.pid % 800)}${String(people).padStart(4, '0')}`;

/** Every standard claim has a value, so that its absence from an answer means something. */
const fields = (name) => ({
  primaryEmail: `${name}@people.example`,
  primaryPhone: phoneNumber(),
  name: `${name} of Certification`,
  avatar: 'https://people.example/picture.png',
  profile: {
    givenName: name,
    familyName: 'Certification',
    middleName: 'Of',
    nickname: name,
    preferredUsername: name,
    profile: 'https://people.example/profile',
    website: 'https://people.example/',
    gender: 'unknown',
    birthdate: '1990-02-28',
    zoneinfo: 'Europe/Vienna',
    locale: 'en-GB',
    address: {
      formatted: '1 Street, 1010 Vienna',
      streetAddress: '1 Street',
      locality: 'Vienna',
      region: 'Vienna',
      postalCode: '1010',
      country: 'Austria',
    },
  },
});

/** `transport` replaces the network between relying party, browser and provider. */
export const newProvider = async ({ transport = request } = {}) => {
  assert.ok(endpoint, 'no provider is named: run `npm test`, which starts one');
  const administrator = await administratorOf({ endpoint, management: { clientId, clientSecret } });
  const issuer = `${endpoint}/oidc`;
  const discovery = await transport(`${issuer}/.well-known/openid-configuration`);

  const person = () => {
    people += 1;
    const name = `person_${process.pid}_${people}`;
    return administrator.person(name, fields(name));
  };

  /** A confidential client with RS256, which these plans demand; its redirect URIs are never opened. */
  const client = async ({ oidcClientMetadata, ...settings } = {}) => {
    const postLogoutRedirectUri = 'https://rp.example/signed-out';
    const made = await administrator.application('Traditional', {
      oidcClientMetadata: {
        redirectUris: ['https://rp.example/callback'],
        postLogoutRedirectUris: [postLogoutRedirectUri],
        idTokenSignedResponseAlg: 'RS256',
        ...oidcClientMetadata,
      },
      ...settings,
    });
    return { ...made, postLogoutRedirectUri };
  };

  return {
    issuer,
    discovery,
    metadata: discovery.body ?? {},
    administrator,
    person,
    client,
    send: transport,
    browser: () => newBrowser({ transport }),
  };
};
