/** Where people come back to from signing in. */
import { Button, Center, Loader, Stack, Text } from '@mantine/core';
import { IconLogin } from '@tabler/icons-react';
import { createFileRoute, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { finishSignIn, signIn } from '@/auth/client';
import { EmptyState } from '@/components/EmptyState';
import { useT } from '@/i18n/I18n';

const Callback = () => {
  const t = useT();
  const router = useRouter();
  const [failure, setFailure] = useState<unknown>();
  // The code can be redeemed once; React may run effects twice.
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    finishSignIn().then((returnTo) => router.navigate({ href: returnTo, replace: true }), setFailure);
  }, [router]);
  return (
    <Center mih="100dvh" component="main">
      {failure ? (
        <EmptyState
          isPage
          icon={IconLogin}
          title={t('navigation.callback.failed')}
          description={failure instanceof Error ? failure.message : ''}
        >
          <Button onClick={() => void signIn('/')}>{t('navigation.callback.again')}</Button>
        </EmptyState>
      ) : (
        <Stack align="center" role="status">
          <Loader />
          <Text c="dimmed">{t('navigation.callback.signingIn')}</Text>
        </Stack>
      )}
    </Center>
  );
};

export const Route = createFileRoute('/callback')({ component: Callback });
