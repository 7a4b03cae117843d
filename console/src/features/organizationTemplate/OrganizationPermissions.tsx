/** The tab with the permissions that organizations have of themselves, besides those of APIs. */
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
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { OrganizationPermissionDialog } from './OrganizationPermissionDialog';
import { type OrganizationPermission, organizationPermissionsQuery, useDeleteOrganizationPermission } from './queries';

export const OrganizationPermissions = () => {
  const t = useT();
  const { q, page } = useListState();
  const query = useQuery(organizationPermissionsQuery({ q, page }));
  const [edited, setEdited] = useState<OrganizationPermission | 'new'>();
  const createButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('organizationTemplate.permissions.create')}
    </Button>
  );
  return (
    <>
      <DataTable
        label={t('organizationTemplate.tabs.permissions')}
        query={query}
        columns={useColumns(setEdited)}
        rowKey={({ id }) => id}
        toolbar={
          <>
            <SearchField placeholder={t('organizationTemplate.permissions.search')} />
            {createButton}
          </>
        }
        empty={
          <EmptyState
            icon={IconListCheck}
            title={t('organizationTemplate.permissions.empty.title')}
            description={t('organizationTemplate.permissions.empty.description')}
          >
            {createButton}
          </EmptyState>
        }
      />
      <OrganizationPermissionDialog edited={edited} onClose={() => setEdited(undefined)} />
    </>
  );
};

const useColumns = (onEdit: (permission: OrganizationPermission) => void): Column<OrganizationPermission>[] => {
  const t = useT();
  const remove = useRemove();
  return [
    {
      id: 'name',
      header: t('organizationTemplate.permissions.name'),
      cell: ({ name }) => <Code className="breakable">{name}</Code>,
    },
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
      id: 'actions',
      header: '',
      width: 56,
      cell: (permission) => (
        <ActionMenu
          label={permission.name}
          actions={[
            { label: t('common.edit'), icon: IconEdit, onClick: () => onEdit(permission) },
            { label: t('common.delete'), icon: IconTrash, isDangerous: true, onClick: () => void remove(permission) },
          ]}
        />
      ),
    },
  ];
};

const useRemove = () => {
  const t = useT();
  const confirm = useConfirm();
  const { mutateAsync } = useDeleteOrganizationPermission();
  return async ({ id, name }: OrganizationPermission) => {
    const isSure = await confirm({
      title: t('organizationTemplate.permissions.deleteTitle', { name }),
      message: t('organizationTemplate.permissions.deleteMessage'),
      action: t('common.delete'),
    });
    if (!isSure) return;
    await mutateAsync(id);
    toast(t('organizationTemplate.permissions.deleted', { name }));
  };
};
