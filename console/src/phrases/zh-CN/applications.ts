import type { Phrases } from '@/i18n/types';

export const applications: Phrases['applications'] = {
  title: '应用',
  description: '一切让用户登录或请求令牌的程序。',
};
