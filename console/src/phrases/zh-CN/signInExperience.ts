import type { Phrases } from '@/i18n/types';

export const signInExperience: Phrases['signInExperience'] = {
  title: '登录体验',
  description: '用户如何登录和注册，以及页面的外观。',
};
