import type { Phrases } from '@/i18n/types';

export const roles: Phrases['roles'] = {
  title: '角色',
  description: '为用户和机器打包的一组权限。',
};
