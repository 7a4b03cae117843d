/** Roles. */
export const roles = {
  title: 'Roles',
  description: 'Permissions in bundles, for people and for machines.',
};
