/** A card per kind of access token: its script, or the way to a first one. */
import { Badge, Box, Group, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconPencil, IconPlus, IconRobot, IconTrash, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ActionMenu } from '@/components/ActionMenu';
import { ButtonLink } from '@/components/links';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';
import { scriptRunsQuery } from '../queries';
import { phraseOf, type TokenType, tokenTypes } from '../tokenTypes';
import { useRemoveScript } from '../useRemoveScript';

export const ScriptCards = ({ existing }: { existing: TokenType[] }) => (
  <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
    {tokenTypes.map((kind) => (
      <ScriptCard key={kind} kind={kind} isThere={existing.includes(kind)} />
    ))}
  </SimpleGrid>
);

const icons = { 'access-token': IconUser, 'client-credentials': IconRobot };

const ScriptCard = ({ kind, isThere }: { kind: TokenType; isThere: boolean }) => {
  const t = useT();
  const which = phraseOf[kind];
  const Icon = icons[kind];
  return (
    <Surface p="lg" aria-label={t(`customJwt.${which}.title`)}>
      <Stack gap="md" h="100%" justify="space-between">
        <Group gap="md" wrap="nowrap" align="flex-start">
          <ThemeIcon size={44} radius="lg" variant="light" color={isThere ? 'signet' : 'gray'}>
            <Icon size={22} stroke={1.6} />
          </ThemeIcon>
          <Box miw={0} flex={1}>
            <Group gap="xs">
              <Title order={3}>{t(`customJwt.${which}.title`)}</Title>
              {isThere && (
                <Badge variant="light" size="sm" tt="none">
                  {t('customJwt.list.active')}
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed" mt={4}>
              {t(`customJwt.${which}.summary`)}
            </Text>
          </Box>
        </Group>
        <Actions kind={kind} isThere={isThere} />
      </Stack>
    </Surface>
  );
};

const Actions = ({ kind, isThere }: { kind: TokenType; isThere: boolean }) => {
  const t = useT();
  const remove = useRemoveScript();
  const what = t(`customJwt.${phraseOf[kind]}.title`);
  const params = { tokenType: kind };
  if (!isThere) {
    return (
      <Group>
        <ButtonLink
          to="/customize-jwt/$tokenType/create"
          params={params}
          leftSection={<IconPlus size={16} />}
          aria-label={t('customJwt.list.addTo', { what })}
        >
          {t('customJwt.list.add')}
        </ButtonLink>
      </Group>
    );
  }
  return (
    <Group justify="space-between">
      <Box>
        <Text size="sm" fw={500}>
          {t(`customJwt.${phraseOf[kind]}.item`)}
        </Text>
        <Runs kind={kind} />
      </Box>
      <Group gap="xs">
        <ButtonLink
          to="/customize-jwt/$tokenType/edit"
          params={params}
          variant="default"
          leftSection={<IconPencil size={16} />}
          aria-label={`${t('common.edit')}: ${what}`}
        >
          {t('common.edit')}
        </ButtonLink>
        <ActionMenu
          size="lg"
          label={what}
          actions={[
            { label: t('customJwt.delete.button'), icon: IconTrash, onClick: () => void remove(kind), isDangerous: true },
          ]}
        />
      </Group>
    </Group>
  );
};

/** How it has run lately. Without an answer the card does without. */
const Runs = ({ kind }: { kind: TokenType }) => {
  const t = useT();
  const { data } = useQuery(scriptRunsQuery());
  const runs = data?.[kind];
  if (!runs) return null;
  const parts = [
    t('customJwt.list.runs', { count: runs.runs }),
    runs.failures > 0 && t('customJwt.list.failures', { count: runs.failures }),
    typeof runs.p50Ms === 'number' && t('customJwt.list.median', { ms: Math.max(1, Math.round(runs.p50Ms)) }),
  ];
  return (
    <Text size="xs" c="dimmed" className="numbers">
      {parts.filter(Boolean).join(' · ')}
    </Text>
  );
};
