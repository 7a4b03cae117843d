/** The tab with the permissions of a role. */
import { ActionIcon, Button, Code, Text, Tooltip } from '@mantine/core';
import { IconListCheck, IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import { useConfirm } from '@/components/Confirm';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink } from '@/components/links';
import { useListState } from '@/components/listState';
import { PickDialog } from '@/components/PickDialog';
import { SearchField } from '@/components/SearchField';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { apiPermissions } from '../applications/candidates';
import {
  isForMachines,
  type Role,
  type RolePermission,
  rolePermissionsQuery,
  useAddPermissions,
  useRemovePermission,
} from './queries';

export const RolePermissions = ({ role }: { role: Role }) => {
  const t = useT();
  const query = useQuery(rolePermissionsQuery(role.id, useListState()));
  const [isAdding, setAdding] = useState(false);
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('roles.permissions.add')}
    </Button>
  );
  return (
    <>
      <DataTable
        label={t('roles.tabs.permissions')}
        query={query}
        columns={useColumns(role.id)}
        rowKey={({ id }) => id}
        toolbar={
          <>
            <SearchField placeholder={t('roles.permissions.search')} />
            {addButton}
          </>
        }
        empty={
          <EmptyState
            icon={IconListCheck}
            title={t('roles.permissions.empty.title')}
            description={t('roles.permissions.empty.description')}
          >
            {addButton}
          </EmptyState>
        }
      />
      <AddPermissions role={role} isOpen={isAdding} onClose={() => setAdding(false)} />
    </>
  );
};

const useColumns = (roleId: string): Column<RolePermission>[] => {
  const t = useT();
  const remove = useRemove(roleId);
  return [
    { id: 'name', header: t('roles.permissions.name'), cell: ({ name }) => <Code className="breakable">{name}</Code> },
    {
      id: 'api',
      header: t('roles.permissions.api'),
      cell: ({ resource }) => (
        <AnchorLink to="/api-resources/$id" params={{ id: resource.id }} size="sm" className="breakable">
          {resource.name}
        </AnchorLink>
      ),
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
        <Tooltip label={t('common.remove')} withArrow>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={() => void remove(permission)}
            aria-label={t('common.removeThis', { what: permission.name })}
          >
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      ),
    },
  ];
};

const useRemove = (roleId: string) => {
  const t = useT();
  const confirm = useConfirm();
  const { mutateAsync } = useRemovePermission(roleId);
  return async ({ id, name }: RolePermission) => {
    const isSure = await confirm({
      title: t('roles.permissions.removeTitle', { name }),
      message: t('roles.permissions.removeMessage'),
      action: t('common.remove'),
    });
    if (!isSure) return;
    await mutateAsync(id);
    toast(t('roles.permissions.removed', { name }));
  };
};

type AddProps = { role: Role; isOpen: boolean; onClose: () => void };

const AddPermissions = ({ role, isOpen, onClose }: AddProps) => {
  const t = useT();
  const { mutateAsync } = useAddPermissions(role.id);
  const load = async (typed: string) => {
    const held = await take(api().GET('/api/roles/{id}/scopes', { params: { path: { id: role.id } } }));
    return apiPermissions(typed, new Set(held.map(({ id }) => id)), { withBuiltIn: isForMachines(role) });
  };
  return (
    <PickDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('roles.permissions.add')}
      searchLabel={t('roles.permissions.search')}
      queryKey={['roles', role.id, 'permission-candidates']}
      load={load}
      onPick={async (ids) => {
        await mutateAsync(ids);
        toast(t('roles.permissions.added', { count: ids.length }));
      }}
      action={t('common.add')}
      emptyText={t('roles.permissions.none')}
    />
  );
};
