/** The tab with the organizations that a user belongs to. */
import { IconBuilding } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink, ButtonLink } from '@/components/links';
import { RoleBadges } from '@/features/organizationTemplate/RoleSelect';
import { useT } from '@/i18n/I18n';
import { organizationsOfUserQuery } from './belongings';

export const UserOrganizations = ({ userId }: { userId: string }) => {
  const t = useT();
  return (
    <DataTable
      label={t('users.tabs.organizations')}
      query={useQuery(organizationsOfUserQuery(userId))}
      rowKey={({ id }) => id}
      size={Number.MAX_SAFE_INTEGER}
      columns={[
        {
          id: 'name',
          header: t('organizations.columns.name'),
          cell: ({ id, name }) => (
            <AnchorLink to="/organizations/$id" params={{ id }} search={{ tab: 'members' }} fw={600} size="sm">
              {name}
            </AnchorLink>
          ),
        },
        {
          id: 'roles',
          header: t('organizations.roles.label'),
          cell: ({ organizationRoles }) => <RoleBadges roles={organizationRoles} />,
        },
      ]}
      empty={
        <EmptyState
          icon={IconBuilding}
          title={t('users.organizations.empty.title')}
          description={t('users.organizations.empty.description')}
        >
          <ButtonLink to="/organizations" variant="default">
            {t('users.organizations.empty.go')}
          </ButtonLink>
        </EmptyState>
      }
    />
  );
};
