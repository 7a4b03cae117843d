/** The tab with the machine-to-machine applications of an organization. */
import { Box, Button, Text } from '@mantine/core';
import { IconPlus, IconRobot, IconTrash, IconUserShield } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink } from '@/components/links';
import { useListState } from '@/components/listState';
import { PickDialog } from '@/components/PickDialog';
import { SearchField } from '@/components/SearchField';
import { toast } from '@/components/toast';
import { RoleBadges, RoleSelect } from '@/features/organizationTemplate/RoleSelect';
import { useT } from '@/i18n/I18n';
import { findMachines, type Machine, machinesQuery, useAddMachines, useRemoveMachine, useSetMachineRoles } from './members';
import { type EditedMember, RolesDialog } from './RolesDialog';

export const Machines = ({ organizationId }: { organizationId: string }) => {
  const t = useT();
  const { q, page } = useListState();
  const query = useQuery(machinesQuery(organizationId, { q, page }));
  const [isAdding, setAdding] = useState(false);
  const [edited, setEdited] = useState<EditedMember>();
  const setRoles = useSetMachineRoles(organizationId);
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('organizations.machines.add')}
    </Button>
  );
  return (
    <>
      <DataTable
        label={t('organizations.tabs.machines')}
        query={query}
        columns={useColumns(organizationId, setEdited)}
        rowKey={({ id }) => id}
        toolbar={
          <>
            <SearchField placeholder={t('organizations.machines.search')} />
            {addButton}
          </>
        }
        empty={
          <EmptyState
            icon={IconRobot}
            title={t('organizations.machines.empty.title')}
            description={t('organizations.machines.empty.description')}
          >
            {addButton}
          </EmptyState>
        }
      />
      <AddMachines organizationId={organizationId} isOpen={isAdding} onClose={() => setAdding(false)} />
      <RolesDialog
        type="MachineToMachine"
        member={edited}
        onClose={() => setEdited(undefined)}
        onSave={({ id, roles }, roleIds) => setRoles.mutateAsync({ memberId: id, roleIds, before: roles.map((role) => role.id) })}
      />
    </>
  );
};

const AddMachines = ({ organizationId, isOpen, onClose }: { organizationId: string; isOpen: boolean; onClose: () => void }) => {
  const t = useT();
  const [roleIds, setRoleIds] = useState<string[]>([]);
  const add = useAddMachines(organizationId);
  const pick = async (ids: string[]) => {
    await add.mutateAsync({ ids, roleIds });
    toast(t('organizations.machines.added', { count: ids.length }));
    setRoleIds([]);
  };
  return (
    <PickDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('organizations.machines.add')}
      description={
        <RoleSelect type="MachineToMachine" label={t('organizations.roles.forNew')} value={roleIds} onChange={setRoleIds} />
      }
      searchLabel={t('organizations.machines.search')}
      queryKey={['applications', 'not-in', organizationId]}
      load={(search) => findMachines(organizationId, search)}
      onPick={pick}
      action={t('common.add')}
      emptyText={t('organizations.machines.noneLeft')}
    />
  );
};

const useColumns = (organizationId: string, onEdit: (member: EditedMember) => void): Column<Machine>[] => {
  const t = useT();
  const remove = useRemove(organizationId);
  return [
    {
      id: 'name',
      header: t('organizations.machines.application'),
      cell: ({ id, name, description }) => (
        <Box>
          <AnchorLink to="/applications/$id" params={{ id }} size="sm" fw={600} className="breakable">
            {name}
          </AnchorLink>
          {description && (
            <Text size="xs" c="dimmed" className="breakable">
              {description}
            </Text>
          )}
        </Box>
      ),
    },
    {
      id: 'roles',
      header: t('organizations.roles.label'),
      cell: ({ organizationRoles }) => <RoleBadges roles={organizationRoles} />,
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: (machine) => (
        <ActionMenu
          label={machine.name}
          actions={[
            {
              label: t('organizations.members.editRoles'),
              icon: IconUserShield,
              onClick: () => onEdit({ id: machine.id, name: machine.name, roles: machine.organizationRoles }),
            },
            {
              label: t('organizations.members.remove'),
              icon: IconTrash,
              isDangerous: true,
              onClick: () => void remove(machine),
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
  const { mutateAsync } = useRemoveMachine(organizationId);
  return async ({ id, name }: Machine) => {
    const isSure = await confirm({
      title: t('organizations.members.removeTitle', { name }),
      message: t('organizations.machines.removeMessage'),
      action: t('organizations.members.remove'),
    });
    if (!isSure) return;
    await mutateAsync(id);
    toast(t('organizations.members.removed', { name }));
  };
};
