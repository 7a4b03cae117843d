/** What takes the place of content that could not be had, with a way to try again. */
import { Button } from '@mantine/core';
import { IconCloudOff, IconMapQuestion } from '@tabler/icons-react';
import { useT } from '@/i18n/I18n';
import { EmptyState } from './EmptyState';
import { useErrorText } from './ErrorText';
import { ButtonLink } from './links';

/** Where to go when the thing of the page does not exist: a path of the console, and its name. */
export type Back = { to: string; label: string };

type Props = {
  error: unknown;
  onRetry?: () => void;
  /** True when nothing else is on the page. */
  isPage?: boolean;
  back?: Back;
};

/** What does not exist does not come back by asking again. */
const isAbsent = (error: unknown) => error instanceof Error && 'status' in error && error.status === 404;

export const ErrorState = ({ error, onRetry, isPage = false, back }: Props) => {
  const t = useT();
  const errorText = useErrorText();
  if (back && isAbsent(error)) return <Absent back={back} isPage={isPage} />;
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

const Absent = ({ back, isPage }: { back: Back; isPage: boolean }) => {
  const t = useT();
  return (
    <div role="alert">
      <EmptyState
        isPage={isPage}
        icon={IconMapQuestion}
        title={t('common.absent.title')}
        description={t('common.absent.description')}
      >
        <ButtonLink to={back.to} variant="default">
          {t('common.absent.back', { place: back.label })}
        </ButtonLink>
      </EmptyState>
    </div>
  );
};
