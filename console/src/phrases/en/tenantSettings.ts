/** Tenant settings. */
export const tenantSettings = {
  title: 'Tenant settings',
  description: 'What holds for the whole tenant.',
};
