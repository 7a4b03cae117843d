/** What takes the place of content that could not be had, with a way to try again. */
import { Button } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useT } from '@/i18n/I18n';
import { EmptyState } from './EmptyState';
import { useErrorText } from './ErrorText';

type Props = { error: unknown; onRetry?: () => void /** True when nothing else is on the page. */; isPage?: boolean };

export const ErrorState = ({ error, onRetry, isPage = false }: Props) => {
  const t = useT();
  const errorText = useErrorText();
  return (
    <div role="alert">
      <EmptyState isPage={isPage} icon={IconCloudOff} title={t('common.failed')} description={errorText(error)}>
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        )}
      </EmptyState>
    </div>
  );
};
