/** What a new script begins with: the text in the editor, and a token and a context to test it on. */
import type { TokenType } from './tokenTypes';

const whose: Record<TokenType, string> = {
  'access-token': 'the access token of a person',
  'client-credentials': 'the access token of a machine',
};

export const defaultScript = (kind: TokenType) => `/**
 * Returns claims for ${whose[kind]}.
 * Keep them below 50 KB.
 *
 * @param {Payload} payload
 *   token: what the token will say
 *   context: whom it is for
 *   environmentVariables: values kept beside the script
 *   api: what else there is, such as refusing the token
 */
const getCustomJwtClaims = async ({ token, context, environmentVariables, api }) => {
  return {};
};
`;

const commonToken = {
  jti: 'f1d3d2d1-1f2d-3d4e-5d6f-7d8a9d0e1d2',
  aud: 'http://localhost:3000/api/test',
  scope: 'read write',
  clientId: 'my_app',
};

const resource = {
  tenantId: 'default',
  id: 'resource_123',
  name: 'Orders',
  indicator: 'http://localhost:3000/api/test',
  isDefault: false,
  accessTokenTtl: 3600,
};

const user = {
  id: '123',
  username: 'alice',
  primaryEmail: 'alice@example.com',
  primaryPhone: null,
  name: 'Alice Example',
  avatar: null,
  customData: { plan: 'gold' },
  identities: { google: { userId: 'google_123', details: { email: 'alice@example.com' } } },
  profile: { givenName: 'Alice', familyName: 'Example', locale: 'en' },
  applicationId: 'my_app',
  cimdClientId: null,
  lastSignInAt: 1735689600000,
  createdAt: 1704067200000,
  updatedAt: 1735689600000,
  isSuspended: false,
  hasPassword: true,
  ssoIdentities: [],
  mfaVerificationFactors: ['Totp'],
  roles: [
    {
      id: 'role_123',
      name: 'customer',
      description: 'May read orders',
      scopes: [{ id: 'scope_123', name: 'read', description: 'Read orders', resourceId: 'resource_123', resource }],
    },
  ],
  organizations: [{ id: 'organization_123', name: 'My Organization', description: null }],
  organizationRoles: [{ organizationId: 'organization_123', roleId: 'org_role_123', roleName: 'admin' }],
};

const application = {
  tenantId: 'default',
  id: 'my_app',
  name: 'My application',
  description: null,
  oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] },
  customClientMetadata: {},
  protectedAppMetadata: null,
  customData: { tier: 'gold' },
  isThirdParty: false,
  appLevelAccessControlEnabled: false,
  createdAt: 1704067200000,
};

const organization = {
  id: 'organization_123',
  name: 'My Organization',
  description: null,
  customData: { internalId: 'internal_123' },
};

const userContext = {
  user,
  grant: { type: 'urn:ietf:params:oauth:grant-type:token-exchange', subjectTokenContext: { foo: 'bar' } },
  interaction: {
    interactionEvent: 'SignIn',
    userId: '123',
    verificationRecords: [
      { id: 'record_123', type: 'Password', identifier: { type: 'username', value: 'alice' }, verified: true },
    ],
    signInContext: { ip: '203.0.113.7', userAgent: 'Mozilla/5.0', country: 'DE', city: 'Berlin' },
  },
  application: { ...application, type: 'SPA' },
  organization,
};

export const defaultToken = (kind: TokenType): object =>
  kind === 'access-token'
    ? { ...commonToken, accountId: 'uid_123', grantId: 'grant_123', gty: 'authorization_code', kind: 'AccessToken' }
    : { ...commonToken, kind: 'ClientCredentials' };

export const defaultContext = (kind: TokenType): object =>
  kind === 'access-token' ? userContext : { application: { ...application, type: 'MachineToMachine' }, organization };
