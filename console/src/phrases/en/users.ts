/** User management. */
export const users = {
  title: 'User management',
  description: 'The people who sign in to your applications.',
};
