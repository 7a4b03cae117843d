/** Custom JWT. */
export const customJwt = {
  title: 'Custom JWT',
  description: 'Claims of your own in tokens, by a script.',
};
