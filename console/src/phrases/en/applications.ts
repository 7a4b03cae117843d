/** Applications. */
export const applications = {
  title: 'Applications',
  description: 'Everything that signs people in or asks for tokens.',
};
