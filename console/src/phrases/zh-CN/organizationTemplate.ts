import type { Phrases } from '@/i18n/types';

export const organizationTemplate: Phrases['organizationTemplate'] = {
  title: '组织模板',
  description: '所有组织共用的角色和权限。',
};
