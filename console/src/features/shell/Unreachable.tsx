/** What is shown when not even the settings of the console could be loaded. */
import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { EmptyState } from '@/components/EmptyState';
import { useT } from '@/i18n/I18n';

export const Unreachable = () => {
  const t = useT();
  return (
    <main>
      <EmptyState
        isPage
        icon={IconPlugConnectedX}
        title={t('navigation.unreachable.title')}
        description={t('navigation.unreachable.description')}
      >
        <Button onClick={() => window.location.reload()}>{t('navigation.crashed.reload')}</Button>
      </EmptyState>
    </main>
  );
};
