/** What a framework is called on the page. */
import { useT } from '@/i18n/I18n';
import type { Framework } from './frameworks';

export const useFrameworkName = () => {
  const t = useT();
  return ({ name, type }: Framework) => name ?? t(`applications.types.${type}`);
};
