/** The samples of the guides: statements that can be put into the function as they are. */
export const samples = {
  token: `const scopes = (token.scope ?? '').split(' ');
if (scopes.includes('admin')) return { is_admin: true };
`,
  user: `const { customData, roles } = context.user;
return {
  plan: customData.plan ?? 'free',
  roles: roles.map(({ name }) => name),
};
`,
  grant: `if (context.grant) {
  return { ticket: context.grant.subjectTokenContext.ticket };
}
`,
  interaction: `const factors = context.interaction?.verificationRecords ?? [];
const country = context.interaction?.signInContext?.country;
return {
  country,
  used_mfa: factors.some(({ type }) => type === 'Totp' || type === 'WebAuthn'),
};
`,
  application: `const tier = context.application?.customData.tier ?? 'free';
return { tier };
`,
  organization: `if (context.organization) {
  const { internalId } = context.organization.customData;
  return { organization_internal_id: internalId };
}
`,
  api: `const hour = new Date().getUTCHours();
if (hour < 6) api.denyAccess('Try again after 06:00 UTC');
`,
  fetch: `const response = await fetch('https://crm.example.com/tier', {
  headers: { authorization: \`Bearer \${environmentVariables?.API_KEY}\` },
  signal: AbortSignal.timeout(1000),
});
if (!response.ok) throw new Error(\`the CRM answered \${response.status}\`);
const { tier } = await response.json();
return { tier };
`,
  variables: `const key = environmentVariables?.API_KEY;
`,
} as const;
