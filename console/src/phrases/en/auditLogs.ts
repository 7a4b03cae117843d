/** Audit logs. */
export const auditLogs = {
  title: 'Audit logs',
  description: 'Who did what, and how it ended.',
};
