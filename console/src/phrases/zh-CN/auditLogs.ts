import type { Phrases } from '@/i18n/types';

export const auditLogs: Phrases['auditLogs'] = {
  title: '审计日志',
  description: '谁做了什么，结果如何。',
};
