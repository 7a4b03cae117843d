/** The tab with the permissions of an API resource. */
import { useQuery } from '@tanstack/react-query';
import { useListState } from '@/components/listState';
import { Time } from '@/components/Time';
import { useT } from '@/i18n/I18n';
import { PermissionList } from '../permissions/PermissionList';
import { permissionsQuery, useDeletePermission, useSavePermission } from './queries';

type Props = { resourceId: string /** Built-in permissions are only shown. */; isReadOnly: boolean };

export const Permissions = ({ resourceId, isReadOnly }: Props) => {
  const t = useT();
  const { q, page } = useListState();
  return (
    <PermissionList
      subject="apiResources"
      query={useQuery(permissionsQuery(resourceId, { q, page }))}
      onSave={useSavePermission(resourceId).mutateAsync}
      onDelete={useDeletePermission(resourceId).mutateAsync}
      columns={[
        {
          id: 'created',
          header: t('common.created'),
          isOptional: true,
          cell: ({ createdAt }) => <Time at={createdAt} withTime={false} />,
        },
      ]}
      isReadOnly={isReadOnly}
    />
  );
};
