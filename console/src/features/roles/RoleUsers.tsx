/** The tab with the people who have a role. */
import { Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Shape } from '@/api/client';
import { AssignedList } from '@/components/AssignedList';
import type { Column } from '@/components/DataTable';
import { AnchorLink } from '@/components/links';
import { useListState } from '@/components/listState';
import { Time } from '@/components/Time';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { people, personName } from '../applications/candidates';
import { type Role, roleUsersQuery, useAddUsers, useRemoveUser } from './queries';
import { RemoveHolder } from './RemoveHolder';

type Person = Shape<'UserResponse'>;

export const RoleUsers = ({ role }: { role: Role }) => {
  const t = useT();
  const { mutateAsync: add } = useAddUsers(role.id);
  return (
    <AssignedList
      label={t('roles.tabs.users')}
      query={useQuery(roleUsersQuery(role.id, useListState()))}
      columns={useColumns(role)}
      icon={IconUsers}
      emptyTitle={t('roles.users.empty.title')}
      emptyDescription={t('roles.users.empty.description')}
      searchLabel={t('roles.users.search')}
      addLabel={t('roles.users.add')}
      candidates={{
        queryKey: ['roles', role.id, 'user-candidates'],
        load: (typed) => people(typed, new Set(), role.id),
        onPick: async (ids) => {
          await add(ids);
          toast(t('roles.users.added', { count: ids.length }));
        },
        emptyText: t('roles.users.none'),
      }}
    />
  );
};

const useColumns = (role: Role): Column<Person>[] => {
  const t = useT();
  const remove = useRemoveUser(role.id);
  return [
    {
      id: 'name',
      header: t('common.name'),
      cell: (person) => (
        <div>
          <AnchorLink to={`/users/${person.id}` as string} fw={600} size="sm" className="breakable">
            {personName(person)}
          </AnchorLink>
          <Text size="xs" c="dimmed" className="breakable">
            {person.primaryEmail ?? person.username ?? person.id}
          </Text>
        </div>
      ),
    },
    {
      id: 'lastSignIn',
      header: t('roles.users.lastSignIn'),
      isOptional: true,
      cell: ({ lastSignInAt }) => (
        <Text size="sm" c="dimmed" component="div">
          <Time at={lastSignInAt} />
        </Text>
      ),
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: (person) => (
        <RemoveHolder holder={personName(person)} role={role.name} onRemove={() => remove.mutateAsync(person.id)} />
      ),
    },
  ];
};
