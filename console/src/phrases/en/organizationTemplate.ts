/** Organization template. */
export const organizationTemplate = {
  title: 'Organization template',
  description: 'The roles and permissions that all organizations share.',
};
