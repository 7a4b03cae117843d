/** One role: its permissions, who has it, its settings, its end. */
import { Badge } from '@mantine/core';
import { IconShieldLock, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { DetailPage } from '@/components/DetailPage';
import { Loaded } from '@/components/Loaded';
import { listSearch, tabSearch } from '@/components/listState';
import { toast } from '@/components/toast';
import { isForMachines, type Role, roleQuery, useDeleteRole } from '@/features/roles/queries';
import { RoleApplications } from '@/features/roles/RoleApplications';
import { RolePermissions } from '@/features/roles/RolePermissions';
import { RoleSettings } from '@/features/roles/RoleSettings';
import { RoleUsers } from '@/features/roles/RoleUsers';
import { useT } from '@/i18n/I18n';

const RolePage = () => {
  const t = useT();
  const { id } = Route.useParams();
  return (
    <Loaded query={useQuery(roleQuery(id))} back={{ to: '/roles', label: t('roles.title') }}>
      {(role) => <Details role={role} />}
    </Loaded>
  );
};

const Details = ({ role }: { role: Role }) => {
  const t = useT();
  const remove = useRemove(role);
  const holders = isForMachines(role)
    ? { id: 'applications', label: t('roles.tabs.applications'), content: <RoleApplications role={role} /> }
    : { id: 'users', label: t('roles.tabs.users'), content: <RoleUsers role={role} /> };
  return (
    <DetailPage
      back={{ to: '/roles', label: t('roles.title') }}
      icon={IconShieldLock}
      title={role.name}
      badges={
        <>
          <Badge variant="light">{t(`roles.types.${isForMachines(role) ? 'MachineToMachine' : 'User'}`)}</Badge>
          {role.isDefault && <Badge variant="light">{t('roles.defaultBadge')}</Badge>}
        </>
      }
      identifier={{ label: t('roles.fields.id'), value: role.id }}
      actions={
        <ActionMenu
          size="lg"
          actions={[{ label: t('roles.delete.action'), icon: IconTrash, isDangerous: true, onClick: remove }]}
        />
      }
      tabs={[
        { id: 'permissions', label: t('roles.tabs.permissions'), content: <RolePermissions role={role} /> },
        holders,
        { id: 'general', label: t('roles.tabs.general'), content: <RoleSettings role={role} /> },
      ]}
    />
  );
};

const useRemove = ({ id, name }: Role) => {
  const t = useT();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutateAsync } = useDeleteRole();
  return async () => {
    const isSure = await confirm({
      title: t('roles.delete.title', { name }),
      message: t('roles.delete.message'),
      action: t('roles.delete.action'),
      typedName: name,
    });
    if (!isSure) return;
    await mutateAsync(id);
    toast(t('roles.delete.done', { name }));
    await navigate({ to: '/roles' });
    queryClient.removeQueries({ queryKey: ['roles', id] });
    await queryClient.invalidateQueries({ queryKey: ['roles', 'list'] });
  };
};

export const Route = createFileRoute('/_app/roles/$id')({
  validateSearch: (search: Record<string, unknown>) => ({ ...listSearch()(search), ...tabSearch(search) }),
  component: RolePage,
});
