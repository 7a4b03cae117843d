/** The tab with the people who have a role. */
import { Button, Text } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Shape } from '@/api/client';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink } from '@/components/links';
import { useListState } from '@/components/listState';
import { PickDialog } from '@/components/PickDialog';
import { SearchField } from '@/components/SearchField';
import { Time } from '@/components/Time';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { people, personName } from '../applications/candidates';
import { type Role, roleUsersQuery, useAddUsers, useRemoveUser } from './queries';
import { RemoveHolder } from './RemoveHolder';

type Person = Shape<'UserResponse'>;

export const RoleUsers = ({ role }: { role: Role }) => {
  const t = useT();
  const query = useQuery(roleUsersQuery(role.id, useListState()));
  const [isAdding, setAdding] = useState(false);
  const { mutateAsync: add } = useAddUsers(role.id);
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('roles.users.add')}
    </Button>
  );
  return (
    <>
      <DataTable
        label={t('roles.tabs.users')}
        query={query}
        columns={useColumns(role)}
        rowKey={({ id }) => id}
        toolbar={
          <>
            <SearchField placeholder={t('roles.users.search')} />
            {addButton}
          </>
        }
        empty={
          <EmptyState icon={IconUsers} title={t('roles.users.empty.title')} description={t('roles.users.empty.description')}>
            {addButton}
          </EmptyState>
        }
      />
      <PickDialog
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        title={t('roles.users.add')}
        searchLabel={t('roles.users.search')}
        queryKey={['roles', role.id, 'user-candidates']}
        load={(typed) => people(typed, new Set(), role.id)}
        onPick={async (ids) => {
          await add(ids);
          toast(t('roles.users.added', { count: ids.length }));
        }}
        action={t('roles.users.add')}
        emptyText={t('roles.users.none')}
      />
    </>
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
