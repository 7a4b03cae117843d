import type { Phrases } from '@/i18n/types';

export const users: Phrases['users'] = {
  title: '用户管理',
  description: '登录你的应用的用户。',
};
