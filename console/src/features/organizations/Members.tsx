/** The tab with the people of an organization. */
import { Badge, Button } from '@mantine/core';
import { IconPlus, IconTrash, IconUserShield, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FoundSelect, foundQuery } from '@/components/FoundSelect';
import { useListState } from '@/components/listState';
import { PickDialog } from '@/components/PickDialog';
import { SearchField } from '@/components/SearchField';
import { Time } from '@/components/Time';
import { toast } from '@/components/toast';
import { roleSource } from '@/features/organizationTemplate/queries';
import { RoleBadges, RoleSelect } from '@/features/organizationTemplate/RoleSelect';
import { PersonCell } from '@/features/users/PersonCell';
import { personName } from '@/features/users/person';
import { useT } from '@/i18n/I18n';
import { findPeople, type Member, membersQuery, useAddMembers, useRemoveMember, useSetMemberRoles } from './members';
import { type EditedMember, RolesDialog } from './RolesDialog';

export const Members = ({ organizationId }: { organizationId: string }) => {
  const t = useT();
  const { q, page, filter } = useListState();
  const role = filter('role');
  const query = useQuery(membersQuery(organizationId, { q, page, ...(role && { role }) }));
  const [isAdding, setAdding] = useState(false);
  const [edited, setEdited] = useState<EditedMember>();
  const setRoles = useSetMemberRoles(organizationId);
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('organizations.members.add')}
    </Button>
  );
  return (
    <>
      <DataTable
        label={t('organizations.tabs.members')}
        query={query}
        columns={useColumns(organizationId, setEdited)}
        rowKey={({ id }) => id}
        filters={['role']}
        toolbar={
          <>
            <SearchField placeholder={t('organizations.members.search')} />
            <RoleFilter />
            {addButton}
          </>
        }
        empty={
          <EmptyState
            icon={IconUsers}
            title={t('organizations.members.empty.title')}
            description={t('organizations.members.empty.description')}
          >
            {addButton}
          </EmptyState>
        }
      />
      <AddMembers organizationId={organizationId} isOpen={isAdding} onClose={() => setAdding(false)} />
      <RolesDialog
        type="User"
        member={edited}
        onClose={() => setEdited(undefined)}
        onSave={({ id }, roleIds) => setRoles.mutateAsync({ memberId: id, roleIds })}
      />
    </>
  );
};

const RoleFilter = () => {
  const t = useT();
  const { filter, setFilter } = useListState();
  const source = roleSource('User');
  const { data: first = [] } = useQuery(foundQuery(source, ''));
  if (first.length === 0) return null;
  return (
    <FoundSelect
      source={source}
      label={{ hidden: t('organizations.members.filterByRole') }}
      placeholder={t('organizations.members.filterByRole')}
      value={filter('role') ?? null}
      onChange={(value) => setFilter('role', value)}
      clearLabel={t('organizations.roles.clear')}
      w={{ base: '100%', sm: 200 }}
    />
  );
};

const AddMembers = ({ organizationId, isOpen, onClose }: { organizationId: string; isOpen: boolean; onClose: () => void }) => {
  const t = useT();
  const [roleIds, setRoleIds] = useState<string[]>([]);
  const add = useAddMembers(organizationId);
  const pick = async (ids: string[]) => {
    await add.mutateAsync({ ids, roleIds });
    toast(t('organizations.members.added', { count: ids.length }));
    setRoleIds([]);
  };
  return (
    <PickDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('organizations.members.add')}
      description={<RoleSelect type="User" label={t('organizations.roles.forNew')} value={roleIds} onChange={setRoleIds} />}
      searchLabel={t('organizations.members.searchPeople')}
      queryKey={['users', 'not-in', organizationId]}
      load={(search) => findPeople(organizationId, search)}
      onPick={pick}
      action={t('common.add')}
      emptyText={t('organizations.members.nobodyLeft')}
    />
  );
};

const useColumns = (organizationId: string, onEdit: (member: EditedMember) => void): Column<Member>[] => {
  const t = useT();
  const remove = useRemove(organizationId);
  return [
    {
      id: 'user',
      header: t('organizations.members.user'),
      cell: (member) => (
        <PersonCell
          person={member}
          badge={
            member.isSuspended && (
              <Badge size="sm" color="red" variant="light">
                {t('users.suspended')}
              </Badge>
            )
          }
        />
      ),
    },
    {
      id: 'roles',
      header: t('organizations.roles.label'),
      cell: ({ organizationRoles }) => <RoleBadges roles={organizationRoles} />,
    },
    {
      id: 'lastSignIn',
      header: t('users.columns.lastSignIn'),
      isOptional: true,
      cell: ({ lastSignInAt }) => <Time at={lastSignInAt} />,
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: (member) => (
        <ActionMenu
          label={personName(member)}
          actions={[
            {
              label: t('organizations.members.editRoles'),
              icon: IconUserShield,
              onClick: () => onEdit({ id: member.id, name: personName(member), roles: member.organizationRoles }),
            },
            {
              label: t('organizations.members.remove'),
              icon: IconTrash,
              isDangerous: true,
              onClick: () => void remove(member),
            },
          ]}
        />
      ),
    },
  ];
};

const useRemove = (organizationId: string) => {
  const t = useT();
  const confirm = useConfirm();
  const { mutateAsync } = useRemoveMember(organizationId);
  return async (member: Member) => {
    const name = personName(member);
    const isSure = await confirm({
      title: t('organizations.members.removeTitle', { name }),
      message: t('organizations.members.removeMessage'),
      action: t('organizations.members.remove'),
    });
    if (!isSure) return;
    await mutateAsync(member.id);
    toast(t('organizations.members.removed', { name }));
  };
};
