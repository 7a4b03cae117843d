/** Dashboard. */
export const dashboard = {
  title: 'Dashboard',
  description: 'What happened on this server lately.',
};
