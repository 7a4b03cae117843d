/** Profile. */
export const profile = {
  title: 'Profile',
  description: 'Your own account.',
};
