import type { Phrases } from '@/i18n/types';

export const customJwt: Phrases['customJwt'] = {
  title: '自定义 JWT',
  description: '用脚本在令牌中加入你自己的声明。',
};
