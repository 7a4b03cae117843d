/** The first visit to a new server: nobody administers it yet, and whoever comes first may. */
import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { signIn } from '@/auth/client';
import { Surface } from '@/components/Surface';
import { Mark } from '@/features/shell/Logo';
import { useT } from '@/i18n/I18n';

const Welcome = () => {
  const t = useT();
  const [isLeaving, setLeaving] = useState(false);
  const register = () => {
    setLeaving(true);
    void signIn('/', { register: true });
  };
  return (
    <Center mih="100dvh" p="md" component="main">
      <Surface p={{ base: 'lg', sm: 40 }} maw={460} shadow="sm">
        <Stack gap="md">
          <Mark size={44} />
          <Title order={1}>{t('navigation.welcome.title')}</Title>
          <Text>{t('navigation.welcome.description')}</Text>
          <Text size="sm" c="dimmed">
            {t('navigation.welcome.note')}
          </Text>
          <Button size="md" mt="xs" onClick={register} loading={isLeaving}>
            {t('navigation.welcome.create')}
          </Button>
        </Stack>
      </Surface>
    </Center>
  );
};

export const Route = createFileRoute('/welcome')({ component: Welcome });
