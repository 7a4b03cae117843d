/** The tab with the permissions of an API resource. */
import { Button, Code, Text } from '@mantine/core';
import { IconEdit, IconListCheck, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useListState } from '@/components/listState';
import { SearchField } from '@/components/SearchField';
import { Time } from '@/components/Time';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { PermissionDialog } from './PermissionDialog';
import { type Permission, permissionsQuery, useDeletePermission } from './queries';

type Props = { resourceId: string /** Built-in permissions are only shown. */; isReadOnly: boolean };

export const Permissions = ({ resourceId, isReadOnly }: Props) => {
  const t = useT();
  const { q, page } = useListState();
  const query = useQuery(permissionsQuery(resourceId, { q, page }));
  const [edited, setEdited] = useState<Permission | 'new'>();
  const remove = useRemove(resourceId);
  const createButton = !isReadOnly && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('apiResources.permissions.create')}
    </Button>
  );
  const columns: Column<Permission>[] = [
    { id: 'name', header: t('apiResources.permissions.name'), cell: ({ name }) => <Code className="breakable">{name}</Code> },
    {
      id: 'description',
      header: t('common.description'),
      isOptional: true,
      cell: ({ description }) => (
        <Text size="sm" c="dimmed">
          {description || '–'}
        </Text>
      ),
    },
    {
      id: 'created',
      header: t('common.created'),
      isOptional: true,
      cell: ({ createdAt }) => <Time at={createdAt} withTime={false} />,
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: (permission) =>
        !isReadOnly && (
          <ActionMenu
            label={permission.name}
            actions={[
              { label: t('common.edit'), icon: IconEdit, onClick: () => setEdited(permission) },
              { label: t('common.delete'), icon: IconTrash, isDangerous: true, onClick: () => void remove(permission) },
            ]}
          />
        ),
    },
  ];
  return (
    <>
      <DataTable
        label={t('apiResources.tabs.permissions')}
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        toolbar={
          <>
            <SearchField placeholder={t('apiResources.permissions.search')} />
            {createButton}
          </>
        }
        empty={
          <EmptyState
            icon={IconListCheck}
            title={t('apiResources.permissions.empty.title')}
            description={t('apiResources.permissions.empty.description')}
          >
            {createButton}
          </EmptyState>
        }
      />
      <PermissionDialog resourceId={resourceId} edited={edited} onClose={() => setEdited(undefined)} />
    </>
  );
};

const useRemove = (resourceId: string) => {
  const t = useT();
  const confirm = useConfirm();
  const { mutateAsync } = useDeletePermission(resourceId);
  return async ({ id, name }: Permission) => {
    const isSure = await confirm({
      title: t('apiResources.permissions.deleteTitle', { name }),
      message: t('apiResources.permissions.deleteMessage'),
      action: t('common.delete'),
    });
    if (!isSure) return;
    await mutateAsync(id);
    toast(t('apiResources.permissions.deleted', { name }));
  };
};
