/** The tab with the roles of a user, which count everywhere. */
import { Button, Text } from '@mantine/core';
import { IconPlus, IconShieldLock, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionMenu } from '@/components/ActionMenu';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink } from '@/components/links';
import { useListState } from '@/components/listState';
import { PickDialog } from '@/components/PickDialog';
import { SearchField } from '@/components/SearchField';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { findRoles, type Role, rolesOfUserQuery, useGiveRoles, useTakeRole } from './belongings';

export const UserRoles = ({ userId }: { userId: string }) => {
  const t = useT();
  const { q, page } = useListState();
  const query = useQuery(rolesOfUserQuery(userId, { q, page }));
  const [isAdding, setAdding] = useState(false);
  const give = useGiveRoles(userId);
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('users.roles.add')}
    </Button>
  );
  return (
    <>
      <DataTable
        label={t('users.tabs.roles')}
        query={query}
        columns={useColumns(userId)}
        rowKey={({ id }) => id}
        toolbar={
          <>
            <SearchField placeholder={t('users.roles.search')} />
            {addButton}
          </>
        }
        empty={
          <EmptyState icon={IconShieldLock} title={t('users.roles.empty.title')} description={t('users.roles.empty.description')}>
            {addButton}
          </EmptyState>
        }
      />
      <PickDialog
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        title={t('users.roles.add')}
        searchLabel={t('users.roles.search')}
        queryKey={['roles', 'not-of-user', userId]}
        load={(search) => findRoles(userId, search)}
        onPick={async (ids) => {
          await give.mutateAsync(ids);
          toast(t('users.roles.added', { count: ids.length }));
        }}
        action={t('common.add')}
        emptyText={t('users.roles.noneLeft')}
      />
    </>
  );
};

const useColumns = (userId: string): Column<Role>[] => {
  const t = useT();
  const { mutateAsync } = useTakeRole(userId);
  // Giving it back is two clicks, so nobody is asked.
  const remove = async ({ id, name }: Role) => {
    await mutateAsync(id);
    toast(t('users.roles.taken', { name }));
  };
  return [
    {
      id: 'name',
      header: t('users.roles.name'),
      cell: ({ id, name }) => (
        <AnchorLink to="/roles/$id" params={{ id }} size="sm" fw={600} className="breakable">
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
          {description || '–'}
        </Text>
      ),
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: (role) => (
        <ActionMenu
          label={role.name}
          actions={[{ label: t('users.roles.take'), icon: IconTrash, isDangerous: true, onClick: () => void remove(role) }]}
        />
      ),
    },
  ];
};
