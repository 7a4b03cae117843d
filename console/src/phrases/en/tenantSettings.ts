/** Tenant settings. */
export const tenantSettings = {
  title: 'Tenant settings',
  description: 'What counts for all applications and users.',
  addresses: {
    title: 'Addresses',
    description: 'What applications and scripts are configured with.',
    issuer: 'Issuer',
    discovery: 'Discovery document',
    jwks: 'Public keys (JWKS)',
    managementApi: 'Management API',
    managementApiHint: 'The resource that a machine-to-machine application asks a token for.',
    admin: 'Admin endpoint',
  },
  session: {
    title: 'Sign-in session',
    description: 'How long people stay signed in in a browser before they have to prove again who they are.',
    lifetime: 'Lifetime',
    unit: 'Unit',
    units: { minutes: 'Minutes', hours: 'Hours', days: 'Days' },
    invalid: 'From one minute to 365 days',
  },
  permissions: {
    title: 'Permissions in tokens',
    description: 'How far permissions reach beyond what a token is about. It counts from the next token on.',
    compatible: 'Compatible',
    compatibleHint:
      'An API token that names no organization has what somebody may do in any of their organizations; one that names an organization has their global permissions as well.',
    strict: 'Strict',
    strictHint:
      'A token has what holds for what it names, and nothing else. Choose this when your applications do not need the other.',
  },
};
