/** The tab with the roles of a machine: what it may do everywhere. */
import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { IconPlus, IconShieldLock, IconX } from '@tabler/icons-react';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, pattern, type Shape, take, takePage } from '@/api/client';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink } from '@/components/links';
import { pageSize, useListState } from '@/components/listState';
import { PickDialog } from '@/components/PickDialog';
import { SearchField } from '@/components/SearchField';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { useChange } from './queries';

type Role = Shape<'RoleResponse'>;

const rolesQuery = (applicationId: string, { q, page }: { q: string; page: number }) =>
  queryOptions({
    queryKey: ['applications', applicationId, 'roles', q, page],
    queryFn: () => {
      const search = pattern(q);
      const query = { page, page_size: pageSize, ...(search && { search }) };
      return takePage(api().GET('/api/applications/{applicationId}/roles', { params: { path: { applicationId }, query } }));
    },
    placeholderData: keepPreviousData,
  });

export const MachineRoles = ({ applicationId }: { applicationId: string }) => {
  const t = useT();
  const query = useQuery(rolesQuery(applicationId, useListState()));
  const [isAdding, setAdding] = useState(false);
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('applications.roles.add')}
    </Button>
  );
  return (
    <>
      <DataTable
        label={t('applications.tabs.roles')}
        query={query}
        columns={useColumns(applicationId)}
        rowKey={({ id }) => id}
        toolbar={
          <>
            <SearchField placeholder={t('applications.roles.search')} />
            {addButton}
          </>
        }
        empty={
          <EmptyState
            icon={IconShieldLock}
            title={t('applications.roles.empty.title')}
            description={t('applications.roles.empty.description')}
          >
            {addButton}
          </EmptyState>
        }
      />
      <AddRoles applicationId={applicationId} isOpen={isAdding} onClose={() => setAdding(false)} />
    </>
  );
};

const useColumns = (applicationId: string): Column<Role>[] => {
  const t = useT();
  const remove = useChange((role: Role) => {
    const path = { applicationId, roleId: role.id };
    return take(api().DELETE('/api/applications/{applicationId}/roles/{roleId}', { params: { path } })).then(() =>
      toast(t('applications.roles.removed', { name: role.name })),
    );
  });
  return [
    {
      id: 'name',
      header: t('common.name'),
      cell: ({ id, name }) => (
        <AnchorLink to="/roles/$id" params={{ id }} fw={600} size="sm" className="breakable">
          {name}
        </AnchorLink>
      ),
    },
    {
      id: 'description',
      header: t('common.description'),
      isOptional: true,
      cell: ({ description }) => (
        <Text size="sm" c="dimmed">
          {description}
        </Text>
      ),
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: (role) => (
        <Tooltip label={t('common.remove')} withArrow>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={() => remove.mutate(role)}
            aria-label={t('common.removeThis', { what: role.name })}
          >
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      ),
    },
  ];
};

type AddProps = { applicationId: string; isOpen: boolean; onClose: () => void };

const AddRoles = ({ applicationId, isOpen, onClose }: AddProps) => {
  const t = useT();
  const { mutateAsync } = useChange((roleIds: string[]) =>
    take(api().POST('/api/applications/{applicationId}/roles', { params: { path: { applicationId } }, body: { roleIds } })),
  );
  const load = async (typed: string) => {
    const search = pattern(typed);
    const query = { type: 'MachineToMachine', excludeApplicationId: applicationId, page: 1, page_size: 50 };
    const roles = await take(api().GET('/api/roles', { params: { query: { ...query, ...(search && { search }) } } }));
    return roles.map(({ id, name, description }) => ({ id, label: name, detail: description }));
  };
  return (
    <PickDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('applications.roles.add')}
      searchLabel={t('applications.roles.search')}
      queryKey={['roles', 'candidates', applicationId]}
      load={load}
      onPick={async (ids) => {
        await mutateAsync(ids);
        toast(t('applications.roles.added', { count: ids.length }));
      }}
      action={t('applications.roles.add')}
      emptyText={t('applications.roles.none')}
    />
  );
};
