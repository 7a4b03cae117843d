/** Organizations. */
export const organizations = {
  title: 'Organizations',
  description: 'The customers, teams or companies that your people belong to.',
};
