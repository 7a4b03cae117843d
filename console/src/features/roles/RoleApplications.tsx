/** The tab with the machines that have a role. */
import { Button, Group } from '@mantine/core';
import { IconPlus, IconRobot } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, pattern, type Shape, take } from '@/api/client';
import { CopyableText } from '@/components/CopyButton';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink } from '@/components/links';
import { useListState } from '@/components/listState';
import { PickDialog } from '@/components/PickDialog';
import { SearchField } from '@/components/SearchField';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { ApplicationIcon } from '../applications/ApplicationIcon';
import { type Role, roleApplicationsQuery, useAddApplications, useRemoveApplication } from './queries';
import { RemoveHolder } from './RemoveHolder';

type Machine = Shape<'ApplicationResponse'>;

export const RoleApplications = ({ role }: { role: Role }) => {
  const t = useT();
  const query = useQuery(roleApplicationsQuery(role.id, useListState()));
  const [isAdding, setAdding] = useState(false);
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('roles.applications.add')}
    </Button>
  );
  return (
    <>
      <DataTable
        label={t('roles.tabs.applications')}
        query={query}
        columns={useColumns(role)}
        rowKey={({ id }) => id}
        toolbar={
          <>
            <SearchField placeholder={t('roles.applications.search')} />
            {addButton}
          </>
        }
        empty={
          <EmptyState
            icon={IconRobot}
            title={t('roles.applications.empty.title')}
            description={t('roles.applications.empty.description')}
          >
            {addButton}
          </EmptyState>
        }
      />
      <AddApplications role={role} isOpen={isAdding} onClose={() => setAdding(false)} />
    </>
  );
};

const useColumns = (role: Role): Column<Machine>[] => {
  const t = useT();
  const remove = useRemoveApplication(role.id);
  return [
    {
      id: 'name',
      header: t('common.name'),
      cell: ({ id, name }) => (
        <Group gap="sm" wrap="nowrap">
          <ApplicationIcon type="MachineToMachine" />
          <AnchorLink to="/applications/$id" params={{ id }} fw={600} size="sm" className="breakable">
            {name}
          </AnchorLink>
        </Group>
      ),
    },
    {
      id: 'id',
      header: t('applications.fields.id'),
      isOptional: true,
      cell: ({ id }) => <CopyableText value={id} label={t('applications.fields.id')} />,
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: ({ id, name }) => <RemoveHolder holder={name} role={role.name} onRemove={() => remove.mutateAsync(id)} />,
    },
  ];
};

type AddProps = { role: Role; isOpen: boolean; onClose: () => void };

const AddApplications = ({ role, isOpen, onClose }: AddProps) => {
  const t = useT();
  const { mutateAsync } = useAddApplications(role.id);
  const load = async (typed: string) => {
    const search = pattern(typed);
    const query = { types: ['MachineToMachine'], excludeRoleId: role.id, page: 1, page_size: 50, ...(search && { search }) };
    const machines = await take(api().GET('/api/applications', { params: { query } }));
    return machines.map(({ id, name, description }) => ({ id, label: name, detail: description ?? id }));
  };
  return (
    <PickDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('roles.applications.add')}
      searchLabel={t('roles.applications.search')}
      queryKey={['roles', role.id, 'application-candidates']}
      load={load}
      onPick={async (ids) => {
        await mutateAsync(ids);
        toast(t('roles.applications.added', { count: ids.length }));
      }}
      action={t('roles.applications.add')}
      emptyText={t('roles.applications.none')}
    />
  );
};
