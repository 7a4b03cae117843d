/** The tab with the permissions of a role. */
import { Code } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, take } from '@/api/client';
import { AssignedList } from '@/components/AssignedList';
import { useConfirm } from '@/components/Confirm';
import { descriptionColumn, removeColumn } from '@/components/columns';
import type { Column } from '@/components/DataTable';
import { AnchorLink } from '@/components/links';
import { useListState } from '@/components/listState';
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
  const { mutateAsync: add } = useAddPermissions(role.id);
  const load = async (typed: string) => {
    const held = await take(api().GET('/api/roles/{id}/scopes', { params: { path: { id: role.id } } }));
    return apiPermissions(typed, new Set(held.map(({ id }) => id)), { withBuiltIn: isForMachines(role) });
  };
  return (
    <AssignedList
      label={t('roles.tabs.permissions')}
      query={useQuery(rolePermissionsQuery(role.id, useListState()))}
      columns={useColumns(role.id)}
      icon={IconListCheck}
      emptyTitle={t('roles.permissions.empty.title')}
      emptyDescription={t('roles.permissions.empty.description')}
      searchLabel={t('roles.permissions.search')}
      addLabel={t('roles.permissions.add')}
      candidates={{
        queryKey: ['roles', role.id, 'permission-candidates'],
        load,
        onPick: async (ids) => {
          await add(ids);
          toast(t('roles.permissions.added', { count: ids.length }));
        },
        emptyText: t('roles.permissions.none'),
      }}
    />
  );
};

const useColumns = (roleId: string): Column<RolePermission>[] => {
  const t = useT();
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
    descriptionColumn(t),
    removeColumn(t, useRemove(roleId)),
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
