import type { Phrases } from '@/i18n/types';

export const tenantSettings: Phrases['tenantSettings'] = {
  title: '租户设置',
  description: '对整个租户有效的设置。',
};
