/** The tab with the permissions that organizations have of themselves, besides those of APIs. */
import { useQuery } from '@tanstack/react-query';
import { useListState } from '@/components/listState';
import { PermissionList } from '../permissions/PermissionList';
import { organizationPermissionsQuery, useDeleteOrganizationPermission, useSaveOrganizationPermission } from './queries';

export const OrganizationPermissions = () => {
  const { q, page } = useListState();
  return (
    <PermissionList
      subject="organizationTemplate"
      query={useQuery(organizationPermissionsQuery({ q, page }))}
      onSave={useSaveOrganizationPermission().mutateAsync}
      onDelete={useDeleteOrganizationPermission().mutateAsync}
    />
  );
};
