/** The tab with the personal access tokens of a user. The value of one is shown when it is made, and not again. */
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconEdit, IconInfoCircle, IconPlus, IconTicket, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { CopyableField } from '@/components/CopyButton';
import { CredentialDialog, Expiry, RenameDialog } from '@/components/CredentialDialogs';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Time } from '@/components/Time';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type PersonalToken, tokensQuery, useCreateToken, useDeleteToken, useRenameToken } from './tokens';

export const UserTokens = ({ userId }: { userId: string }) => {
  const t = useT();
  const [isCreating, setCreating] = useState(false);
  const [renamed, setRenamed] = useState<string>();
  const [made, setMade] = useState<{ name: string; value: string }>();
  const query = useQuery(tokensQuery(userId));
  const create = useCreateToken(userId);
  const rename = useRenameToken(userId);
  const createButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {t('users.tokens.create')}
    </Button>
  );
  return (
    <>
      <DataTable
        label={t('users.tabs.tokens')}
        query={query}
        columns={useColumns(userId, setRenamed)}
        rowKey={({ name }) => name}
        size={Number.MAX_SAFE_INTEGER}
        toolbar={
          query.data !== undefined &&
          query.data.total > 0 && (
            <>
              <Text size="sm" c="dimmed" flex="1 1 16rem">
                {t('users.tokens.description')}
              </Text>
              {createButton}
            </>
          )
        }
        empty={
          <EmptyState icon={IconTicket} title={t('users.tokens.empty.title')} description={t('users.tokens.description')}>
            {createButton}
          </EmptyState>
        }
      />
      <CredentialDialog
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        action={t('users.tokens.create')}
        nameHint={t('users.tokens.nameHint')}
        namePlaceholder={t('users.tokens.namePlaceholder')}
        onCreate={async (wanted) => setMade(await create.mutateAsync(wanted))}
      />
      <RenameDialog
        name={renamed}
        onClose={() => setRenamed(undefined)}
        onRename={async (name) => {
          await rename.mutateAsync({ currentName: renamed ?? '', name });
          toast(t('common.saved'));
        }}
      />
      <ValueShown made={made} onClose={() => setMade(undefined)} />
    </>
  );
};

const useColumns = (userId: string, onRename: (name: string) => void): Column<PersonalToken>[] => {
  const t = useT();
  const remove = useRemove(userId);
  return [
    {
      id: 'name',
      header: t('common.name'),
      cell: ({ name }) => (
        <Text size="sm" fw={600} className="breakable">
          {name}
        </Text>
      ),
    },
    { id: 'expires', header: t('common.expiry.label'), cell: ({ expiresAt }) => <Expiry at={expiresAt} /> },
    {
      id: 'created',
      header: t('common.created'),
      isOptional: true,
      cell: ({ createdAt }) => (
        <Text size="sm" component="div">
          <Time at={createdAt} />
        </Text>
      ),
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: ({ name }) => (
        <ActionMenu
          label={name}
          actions={[
            { label: t('common.rename'), icon: IconEdit, onClick: () => onRename(name) },
            { label: t('common.delete'), icon: IconTrash, isDangerous: true, onClick: () => void remove(name) },
          ]}
        />
      ),
    },
  ];
};

const useRemove = (userId: string) => {
  const t = useT();
  const confirm = useConfirm();
  const { mutateAsync } = useDeleteToken(userId);
  return async (name: string) => {
    const isSure = await confirm({
      title: t('users.tokens.deleteTitle', { name }),
      message: t('users.tokens.deleteMessage'),
      action: t('common.delete'),
    });
    if (!isSure) return;
    await mutateAsync(name);
    toast(t('users.tokens.deleted', { name }));
  };
};

const ValueShown = ({ made, onClose }: { made: { name: string; value: string } | undefined; onClose: () => void }) => {
  const t = useT();
  const title = t('users.tokens.created', { name: made?.name ?? '' });
  return (
    <Modal opened={made !== undefined} onClose={onClose} title={title} centered closeOnClickOutside={false}>
      <Stack gap="md">
        <CopyableField label={t('users.tokens.value')} value={made?.value ?? ''} />
        <Alert icon={<IconInfoCircle size={18} />} variant="light">
          {t('users.tokens.once')}
        </Alert>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('users.password.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
};
