/** An address that leads nowhere, or to something that was deleted. */
import { IconMapQuestion } from '@tabler/icons-react';
import { EmptyState } from '@/components/EmptyState';
import { ButtonLink } from '@/components/links';
import { useT } from '@/i18n/I18n';

export const NotFound = () => {
  const t = useT();
  return (
    <EmptyState
      isPage
      icon={IconMapQuestion}
      title={t('navigation.notFound.title')}
      description={t('navigation.notFound.description')}
    >
      <ButtonLink to="/dashboard">{t('navigation.notFound.home')}</ButtonLink>
    </EmptyState>
  );
};
