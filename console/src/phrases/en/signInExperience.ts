/** Sign-in experience. */
export const signInExperience = {
  title: 'Sign-in experience',
  description: 'How people sign in and register, and what the pages look like.',
};
