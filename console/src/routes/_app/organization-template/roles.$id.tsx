/** One organization role: what it allows, its settings, its end. */
import { IconShieldLock, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { DetailPage } from '@/components/DetailPage';
import { Loaded } from '@/components/Loaded';
import { tabSearch } from '@/components/listState';
import { toast } from '@/components/toast';
import { RoleType } from '@/features/organizationTemplate/OrganizationRoles';
import { type OrganizationRole, organizationRoleQuery, useDeleteOrganizationRole } from '@/features/organizationTemplate/queries';
import { RolePermissions } from '@/features/organizationTemplate/RolePermissions';
import { RoleSettings } from '@/features/organizationTemplate/RoleSettings';
import { useT } from '@/i18n/I18n';

const OrganizationRolePage = () => {
  const t = useT();
  const { id } = Route.useParams();
  return (
    <Loaded
      query={useQuery(organizationRoleQuery(id))}
      back={{ to: '/organization-template', label: t('organizationTemplate.title') }}
    >
      {(role) => <Details role={role} />}
    </Loaded>
  );
};

const Details = ({ role }: { role: OrganizationRole }) => {
  const t = useT();
  const remove = useRemove(role);
  return (
    <DetailPage
      back={{ to: '/organization-template', label: t('organizationTemplate.title') }}
      icon={IconShieldLock}
      title={role.name}
      badges={<RoleType type={role.type} />}
      identifier={{ label: t('organizationTemplate.role.id'), value: role.id }}
      actions={
        <ActionMenu
          size="lg"
          actions={[
            {
              label: t('organizationTemplate.role.delete.action'),
              icon: IconTrash,
              isDangerous: true,
              onClick: () => void remove(),
            },
          ]}
        />
      }
      tabs={[
        {
          id: 'permissions',
          label: t('organizationTemplate.tabs.rolePermissions'),
          content: <RolePermissions roleId={role.id} />,
        },
        { id: 'general', label: t('common.general'), content: <RoleSettings role={role} /> },
      ]}
    />
  );
};

const useRemove = ({ id, name }: OrganizationRole) => {
  const t = useT();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutateAsync } = useDeleteOrganizationRole();
  return async () => {
    const isSure = await confirm({
      title: t('organizationTemplate.role.delete.title', { name }),
      message: t('organizationTemplate.role.delete.message'),
      action: t('organizationTemplate.role.delete.action'),
      typedName: name,
    });
    if (!isSure) return;
    await mutateAsync(id);
    toast(t('organizationTemplate.role.delete.done', { name }));
    await navigate({ to: '/organization-template' });
    queryClient.removeQueries({ queryKey: ['organization-template', 'role', id] });
    await queryClient.invalidateQueries({ queryKey: ['organization-template'] });
  };
};

export const Route = createFileRoute('/_app/organization-template/roles/$id')({
  validateSearch: tabSearch,
  component: OrganizationRolePage,
});
