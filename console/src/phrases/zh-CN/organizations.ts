import type { Phrases } from '@/i18n/types';

export const organizations: Phrases['organizations'] = {
  title: '组织',
  description: '你的用户所属的客户、团队或公司。',
};
