/** The tab with an application's secrets. The server shows them whenever it is asked, so they can be copied later, too. */
import { Button, Text } from '@mantine/core';
import { IconEdit, IconKey, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { CredentialDialog, Expiry, RenameDialog } from '@/components/CredentialDialogs';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { SecretField } from '@/components/SecretField';
import { Time } from '@/components/Time';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type Secret, secretsQuery, useCreateSecret, useDeleteSecret, useRenameSecret } from './queries';

export const Secrets = ({ applicationId }: { applicationId: string }) => {
  const t = useT();
  const query = useQuery({ ...secretsQuery(applicationId), select: (items) => ({ items, total: items.length }) });
  const [isCreating, setCreating] = useState(false);
  const [renamed, setRenamed] = useState<string>();
  const create = useCreateSecret(applicationId);
  const rename = useRenameSecret(applicationId);
  const columns = useColumns({ onRename: setRenamed, onDelete: useRemove(applicationId) });
  const createButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {t('applications.secrets.create')}
    </Button>
  );
  const saveName = async (newName: string) => {
    await rename.mutateAsync({ name: renamed ?? '', newName });
    toast(t('common.saved'));
  };
  return (
    <>
      <DataTable
        label={t('applications.tabs.secrets')}
        query={query}
        columns={columns}
        rowKey={({ name }) => name}
        toolbar={
          <>
            <Text size="sm" c="dimmed" flex="1 1 16rem">
              {t('applications.secrets.description')}
            </Text>
            {createButton}
          </>
        }
        empty={
          <EmptyState
            icon={IconKey}
            title={t('applications.secrets.empty.title')}
            description={t('applications.secrets.empty.description')}
          >
            {createButton}
          </EmptyState>
        }
      />
      <CredentialDialog
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        action={t('applications.secrets.create')}
        nameHint={t('applications.secrets.nameHint')}
        namePlaceholder={t('applications.secrets.namePlaceholder')}
        onCreate={async (secret) => {
          await create.mutateAsync(secret);
          toast(t('applications.secrets.created', { name: secret.name }));
        }}
      />
      <RenameDialog name={renamed} onClose={() => setRenamed(undefined)} onRename={saveName} />
    </>
  );
};

type Actions = { onRename: (name: string) => void; onDelete: (secret: Secret) => Promise<void> };

const useColumns = ({ onRename, onDelete }: Actions): Column<Secret>[] => {
  const t = useT();
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
    {
      id: 'value',
      header: t('applications.secrets.value'),
      cell: ({ name, value }) => <SecretField value={value} label={name} />,
    },
    { id: 'expires', header: t('common.expiry.label'), cell: ({ expiresAt }) => <Expiry at={expiresAt} /> },
    {
      id: 'created',
      header: t('common.created'),
      isOptional: true,
      cell: ({ createdAt }) => (
        <Text size="sm" component="div">
          <Time at={createdAt} withTime={false} />
        </Text>
      ),
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: (secret) => (
        <ActionMenu
          label={secret.name}
          actions={[
            { label: t('common.rename'), icon: IconEdit, onClick: () => onRename(secret.name) },
            { label: t('common.delete'), icon: IconTrash, isDangerous: true, onClick: () => void onDelete(secret) },
          ]}
        />
      ),
    },
  ];
};

const useRemove = (applicationId: string) => {
  const t = useT();
  const confirm = useConfirm();
  const { mutateAsync } = useDeleteSecret(applicationId);
  return async ({ name }: Secret) => {
    const isSure = await confirm({
      title: t('applications.secrets.deleteTitle', { name }),
      message: t('applications.secrets.deleteMessage'),
      action: t('common.delete'),
    });
    if (!isSure) return;
    await mutateAsync(name);
    toast(t('applications.secrets.deleted', { name }));
  };
};
