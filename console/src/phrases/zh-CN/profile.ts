import type { Phrases } from '@/i18n/types';

export const profile: Phrases['profile'] = {
  title: '个人资料',
  description: '你自己的账户。',
};
