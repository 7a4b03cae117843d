/** One list of keys, with what each is used for. */
import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconKey, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { CopyableText } from '@/components/CopyButton';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Time } from '@/components/Time';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type Key, type Kind, keysQuery, useDeleteKey } from './queries';
import { RotateDialog } from './RotateDialog';

/** The keys of cookies have no status: the first signs, the others are still accepted. */
type Row = Key & { state: 'Next' | 'Current' | 'Previous' };

const stateOf = ({ status }: Key, position: number): Row['state'] => {
  if (status === 'Next' || status === 'Current' || status === 'Previous') return status;
  return position === 0 ? 'Current' : 'Previous';
};

export const Keys = ({ kind }: { kind: Kind }) => {
  const t = useT();
  const { data, ...query } = useQuery(keysQuery(kind));
  const [isRotating, setRotating] = useState(false);
  const rows = data && {
    ...data,
    items: data.items.map((key, position): Row => ({ ...key, state: stateOf(key, position) })),
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={2}>{t(`signingKeys.${kind}.title`)}</Title>
          <Text c="dimmed" size="sm" maw="40rem">
            {t(`signingKeys.${kind}.description`)}
          </Text>
        </div>
        <Button leftSection={<IconRefresh size={16} />} onClick={() => setRotating(true)}>
          {t(`signingKeys.${kind}.rotate`)}
        </Button>
      </Group>
      <DataTable
        label={t(`signingKeys.${kind}.title`)}
        query={{ ...query, data: rows } as Parameters<typeof DataTable<Row>>[0]['query']}
        columns={useColumns(kind)}
        rowKey={({ id }) => id}
        size={Number.MAX_SAFE_INTEGER}
        empty={<EmptyState icon={IconKey} title={t('signingKeys.empty')} />}
      />
      <RotateDialog kind={kind} isOpen={isRotating} onClose={() => setRotating(false)} />
    </Stack>
  );
};

const colors = { Next: 'blue', Current: 'signet', Previous: 'gray' };

const useColumns = (kind: Kind): Column<Row>[] => {
  const t = useT();
  const remove = useRemove(kind);
  return [
    {
      id: 'id',
      header: t('signingKeys.id'),
      cell: ({ id }) => <CopyableText value={id} label={t('signingKeys.id')} />,
    },
    {
      id: 'state',
      header: t('signingKeys.state'),
      cell: ({ state, effectiveAt }) => (
        <Group gap="xs">
          <Badge variant="light" color={colors[state]} tt="none" miw="max-content">
            {t(`signingKeys.states.${state}`)}
          </Badge>
          {effectiveAt && (
            <Text size="xs" c="dimmed">
              {t.rich('signingKeys.from', { time: <Time at={effectiveAt} /> })}
            </Text>
          )}
        </Group>
      ),
    },
    ...(kind === 'private-keys'
      ? [
          {
            id: 'algorithm',
            header: t('signingKeys.algorithm'),
            isOptional: true,
            cell: ({ signingKeyAlgorithm }: Row) => (
              <Text size="sm">{t(signingKeyAlgorithm === 'RSA' ? 'signingKeys.RSA' : 'signingKeys.EC')}</Text>
            ),
          },
        ]
      : []),
    {
      id: 'created',
      header: t('common.created'),
      isOptional: true,
      // Seconds, other than everywhere else in the API.
      cell: ({ createdAt }) => <Time at={createdAt * 1000} />,
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: (key) =>
        key.state === 'Previous' && (
          <ActionMenu
            label={key.id}
            actions={[
              { label: t('signingKeys.delete.action'), icon: IconTrash, isDangerous: true, onClick: () => void remove(key) },
            ]}
          />
        ),
    },
  ];
};

const useRemove = (kind: Kind) => {
  const t = useT();
  const confirm = useConfirm();
  const { mutateAsync } = useDeleteKey(kind);
  return async ({ id }: Row) => {
    const isSure = await confirm({
      title: t('signingKeys.delete.title'),
      message: t(`signingKeys.${kind}.deleteMessage`),
      action: t('signingKeys.delete.action'),
    });
    if (!isSure) return;
    await mutateAsync(id);
    toast(t('signingKeys.delete.done'));
  };
};
