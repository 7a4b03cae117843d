/** Signing keys. */
export const signingKeys = {
  title: 'Signing keys',
  description: 'The keys that sign tokens and cookies.',
};
