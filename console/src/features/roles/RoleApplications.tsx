/** The tab with the machines that have a role. */
import { Group } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, pattern, type Shape, take } from '@/api/client';
import { AssignedList } from '@/components/AssignedList';
import { CopyableText } from '@/components/CopyButton';
import type { Column } from '@/components/DataTable';
import { AnchorLink } from '@/components/links';
import { useListState } from '@/components/listState';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { ApplicationIcon } from '../applications/ApplicationIcon';
import { type Role, roleApplicationsQuery, useAddApplications, useRemoveApplication } from './queries';
import { RemoveHolder } from './RemoveHolder';

type Machine = Shape<'ApplicationResponse'>;

/** Machines that do not have the role yet. */
const findMachines = async (roleId: string, typed: string) => {
  const search = pattern(typed);
  const query = { types: ['MachineToMachine'], excludeRoleId: roleId, page: 1, page_size: 50, ...(search && { search }) };
  const machines = await take(api().GET('/api/applications', { params: { query } }));
  return machines.map(({ id, name, description }) => ({ id, label: name, detail: description ?? id }));
};

export const RoleApplications = ({ role }: { role: Role }) => {
  const t = useT();
  const { mutateAsync: add } = useAddApplications(role.id);
  return (
    <AssignedList
      label={t('roles.tabs.applications')}
      query={useQuery(roleApplicationsQuery(role.id, useListState()))}
      columns={useColumns(role)}
      icon={IconRobot}
      emptyTitle={t('roles.applications.empty.title')}
      emptyDescription={t('roles.applications.empty.description')}
      searchLabel={t('roles.applications.search')}
      addLabel={t('roles.applications.add')}
      candidates={{
        queryKey: ['roles', role.id, 'application-candidates'],
        load: (typed) => findMachines(role.id, typed),
        onPick: async (ids) => {
          await add(ids);
          toast(t('roles.applications.added', { count: ids.length }));
        },
        emptyText: t('roles.applications.none'),
      }}
    />
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
