/** One API resource: its permissions, its settings, its end. */
import { Alert, Badge } from '@mantine/core';
import { IconInfoCircle, IconPlugConnected, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { managementApi } from '@/auth/client';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { DetailPage } from '@/components/DetailPage';
import { Loaded } from '@/components/Loaded';
import { listSearch, tabSearch } from '@/components/listState';
import { toast } from '@/components/toast';
import { ApiResourceSettings } from '@/features/apiResources/ApiResourceSettings';
import { BuiltInSettings } from '@/features/apiResources/BuiltInSettings';
import { Permissions } from '@/features/apiResources/Permissions';
import { type ApiResource, apiResourceQuery, useDeleteApiResource } from '@/features/apiResources/queries';
import { useT } from '@/i18n/I18n';

const ApiResourcePage = () => {
  const t = useT();
  const { id } = Route.useParams();
  return (
    <Loaded query={useQuery(apiResourceQuery(id))} back={{ to: '/api-resources', label: t('apiResources.title') }}>
      {(resource) => <Details resource={resource} />}
    </Loaded>
  );
};

const Details = ({ resource }: { resource: ApiResource }) => {
  const t = useT();
  const remove = useRemove(resource);
  const isBuiltIn = resource.indicator === managementApi;
  return (
    <DetailPage
      back={{ to: '/api-resources', label: t('apiResources.title') }}
      icon={IconPlugConnected}
      title={resource.name}
      badges={resource.isDefault && <Badge variant="light">{t('apiResources.defaultBadge')}</Badge>}
      identifier={{ label: t('apiResources.fields.indicator'), value: resource.indicator }}
      actions={
        !isBuiltIn && (
          <ActionMenu
            size="lg"
            actions={[{ label: t('apiResources.delete.action'), icon: IconTrash, isDangerous: true, onClick: remove }]}
          />
        )
      }
      notice={
        isBuiltIn && (
          <Alert icon={<IconInfoCircle size={18} />} mb="lg">
            {t('apiResources.builtIn')}
          </Alert>
        )
      }
      tabs={[
        {
          id: 'permissions',
          label: t('apiResources.tabs.permissions'),
          content: <Permissions resourceId={resource.id} isReadOnly={isBuiltIn} />,
        },
        {
          id: 'general',
          label: t('apiResources.tabs.general'),
          content: isBuiltIn ? <BuiltInSettings resource={resource} /> : <ApiResourceSettings resource={resource} />,
        },
      ]}
    />
  );
};

const useRemove = ({ id, name }: ApiResource) => {
  const t = useT();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutateAsync } = useDeleteApiResource();
  return async () => {
    const isSure = await confirm({
      title: t('apiResources.delete.title', { name }),
      message: t('apiResources.delete.message'),
      action: t('apiResources.delete.action'),
      typedName: name,
    });
    if (!isSure) return;
    await mutateAsync(id);
    toast(t('apiResources.delete.done', { name }));
    await navigate({ to: '/api-resources' });
    queryClient.removeQueries({ queryKey: ['api-resources', id] });
    await queryClient.invalidateQueries({ queryKey: ['api-resources', 'list'] });
  };
};

export const Route = createFileRoute('/_app/api-resources/$id')({
  validateSearch: (search: Record<string, unknown>) => ({ ...listSearch()(search), ...tabSearch(search) }),
  component: ApiResourcePage,
});
