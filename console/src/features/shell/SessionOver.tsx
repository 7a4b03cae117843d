/** Said over the page when the session has ended: what was typed stays visible, and signing in comes back here. */
import { Button, Group, Modal, Text } from '@mantine/core';
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { onSessionEnd, signIn } from '@/auth/client';
import { useT } from '@/i18n/I18n';

export const SessionOver = () => {
  const t = useT();
  const here = useRouterState({ select: ({ location }) => location.href });
  const [isOver, setOver] = useState(false);
  useEffect(() => onSessionEnd(() => setOver(true)), []);
  return (
    <Modal
      opened={isOver}
      onClose={() => setOver(false)}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('navigation.sessionOver.title')}
      centered
    >
      <Text size="sm">{t('navigation.sessionOver.description')}</Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={() => setOver(false)}>
          {t('navigation.sessionOver.notYet')}
        </Button>
        <Button onClick={() => void signIn(here)} data-autofocus>
          {t('navigation.sessionOver.signIn')}
        </Button>
      </Group>
    </Modal>
  );
};
