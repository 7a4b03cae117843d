/** What is shown when not even the settings of the console could be loaded. */
import { Button, MantineProvider } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { I18nProvider, useT } from '@/i18n/I18n';
import { theme } from '@/theme/theme';

export const Unreachable = ({ language }: { language: ComponentProps<typeof I18nProvider>['initial'] }) => (
  <I18nProvider initial={language}>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Message />
    </MantineProvider>
  </I18nProvider>
);

const Message = () => {
  const t = useT();
  return (
    <main>
      <EmptyState
        icon={IconPlugConnectedX}
        title={t('navigation.unreachable.title')}
        description={t('navigation.unreachable.description')}
      >
        <Button onClick={() => window.location.reload()}>{t('navigation.crashed.reload')}</Button>
      </EmptyState>
    </main>
  );
};
