/** The tab with the organizations that a machine belongs to, and its roles there. */
import { Badge, Button, Group, Text } from '@mantine/core';
import { IconBuilding, IconEdit, IconPlus, IconX } from '@tabler/icons-react';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Shape, take, takePage } from '@/api/client';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink } from '@/components/links';
import { pageSize, useListState } from '@/components/listState';
import { PickDialog } from '@/components/PickDialog';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { OrganizationRolesDialog } from './OrganizationRolesDialog';
import { useChange } from './queries';

export type Membership = Shape<'OrganizationWithRoles'>;

const organizationsQuery = (id: string, page: number) =>
  queryOptions({
    queryKey: ['applications', id, 'organizations', page],
    queryFn: () =>
      takePage(
        api().GET('/api/applications/{id}/organizations', { params: { path: { id }, query: { page, page_size: pageSize } } }),
      ),
    placeholderData: keepPreviousData,
  });

export const MachineOrganizations = ({ applicationId }: { applicationId: string }) => {
  const t = useT();
  const query = useQuery(organizationsQuery(applicationId, useListState().page));
  const [isAdding, setAdding] = useState(false);
  const [edited, setEdited] = useState<Membership>();
  const columns = useColumns({ onEdit: setEdited, onRemove: useRemove(applicationId) });
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('applications.organizations.add')}
    </Button>
  );
  return (
    <>
      <DataTable
        label={t('applications.tabs.organizations')}
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        toolbar={
          <>
            <Text size="sm" c="dimmed" flex="1 1 16rem">
              {t('applications.organizations.description')}
            </Text>
            {addButton}
          </>
        }
        empty={
          <EmptyState
            icon={IconBuilding}
            title={t('applications.organizations.empty.title')}
            description={t('applications.organizations.empty.description')}
          >
            {addButton}
          </EmptyState>
        }
      />
      <AddOrganizations applicationId={applicationId} isOpen={isAdding} onClose={() => setAdding(false)} />
      <OrganizationRolesDialog applicationId={applicationId} membership={edited} onClose={() => setEdited(undefined)} />
    </>
  );
};

type Actions = { onEdit: (membership: Membership) => void; onRemove: (membership: Membership) => Promise<void> };

const useColumns = ({ onEdit, onRemove }: Actions): Column<Membership>[] => {
  const t = useT();
  return [
    {
      id: 'name',
      header: t('common.name'),
      cell: ({ id, name }) => (
        <AnchorLink to={`/organizations/${id}` as string} fw={600} size="sm" className="breakable">
          {name}
        </AnchorLink>
      ),
    },
    {
      id: 'roles',
      header: t('applications.organizations.roles'),
      cell: ({ organizationRoles }) => (
        <Group gap={6}>
          {organizationRoles.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('common.none')}
            </Text>
          )}
          {organizationRoles.map(({ id, name }) => (
            <Badge key={id} variant="light" color="gray" tt="none">
              {name}
            </Badge>
          ))}
        </Group>
      ),
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: (membership) => (
        <ActionMenu
          label={membership.name}
          actions={[
            { label: t('applications.organizations.editRoles'), icon: IconEdit, onClick: () => onEdit(membership) },
            { label: t('common.remove'), icon: IconX, isDangerous: true, onClick: () => void onRemove(membership) },
          ]}
        />
      ),
    },
  ];
};

const useRemove = (applicationId: string) => {
  const t = useT();
  const confirm = useConfirm();
  const { mutateAsync } = useChange((id: string) =>
    take(api().DELETE('/api/organizations/{id}/applications/{applicationId}', { params: { path: { id, applicationId } } })),
  );
  return async ({ id, name }: Membership) => {
    const isSure = await confirm({
      title: t('applications.organizations.removeTitle', { name }),
      message: t('applications.organizations.removeMessage'),
      action: t('common.remove'),
    });
    if (!isSure) return;
    await mutateAsync(id);
    toast(t('applications.organizations.removed', { name }));
  };
};

type AddProps = { applicationId: string; isOpen: boolean; onClose: () => void };

const AddOrganizations = ({ applicationId, isOpen, onClose }: AddProps) => {
  const t = useT();
  const { mutateAsync } = useChange(async (ids: string[]) => {
    for (const id of ids) {
      const body = { applicationIds: [applicationId] };
      await take(api().POST('/api/organizations/{id}/applications', { params: { path: { id } }, body }));
    }
  });
  const load = async (typed: string) => {
    const path = { id: applicationId };
    const [all, own] = await Promise.all([
      take(api().GET('/api/organizations', { params: { query: { page: 1, page_size: 50, ...(typed && { q: typed }) } } })),
      take(api().GET('/api/applications/{id}/organizations', { params: { path } })),
    ]);
    const known = new Set(own.map(({ id }) => id));
    return all.filter(({ id }) => !known.has(id)).map(({ id, name, description }) => ({ id, label: name, detail: description }));
  };
  return (
    <PickDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('applications.organizations.add')}
      searchLabel={t('applications.organizations.search')}
      queryKey={['organizations', 'candidates', applicationId]}
      load={load}
      onPick={async (ids) => {
        await mutateAsync(ids);
        toast(t('applications.organizations.added', { count: ids.length }));
      }}
      action={t('applications.organizations.add')}
      emptyText={t('applications.organizations.none')}
    />
  );
};
