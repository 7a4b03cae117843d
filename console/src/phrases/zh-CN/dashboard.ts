import type { Phrases } from '@/i18n/types';

export const dashboard: Phrases['dashboard'] = {
  title: '仪表盘',
  description: '此服务器近期的情况。',
};
