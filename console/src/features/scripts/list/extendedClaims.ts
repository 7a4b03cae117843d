/** The claims that ID tokens can have beyond the standard, and the scope of each. */
export const scopesOfClaims = [
  { scope: 'custom_data', claims: ['custom_data'] },
  { scope: 'identities', claims: ['identities', 'sso_identities'] },
  { scope: 'roles', claims: ['roles'] },
  { scope: 'urn:logto:scope:organizations', claims: ['organizations', 'organization_data'] },
  { scope: 'urn:logto:scope:organization_roles', claims: ['organization_roles'] },
] as const;

export type ExtendedClaim = (typeof scopesOfClaims)[number]['claims'][number];

export const extendedClaims: readonly ExtendedClaim[] = scopesOfClaims.flatMap(({ claims }) => [...claims]);
