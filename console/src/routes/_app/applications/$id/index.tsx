/** One application: settings, and what else its type has. */
import { Badge } from '@mantine/core';
import { IconBook2, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { DetailPage } from '@/components/DetailPage';
import { Loaded } from '@/components/Loaded';
import { ButtonLink } from '@/components/links';
import { listSearch, tabSearch } from '@/components/listState';
import { toast } from '@/components/toast';
import { AccessControl } from '@/features/applications/AccessControl';
import { iconOf } from '@/features/applications/ApplicationIcon';
import { ApplicationSettings } from '@/features/applications/ApplicationSettings';
import { type Application, isMachine, keepsSecrets } from '@/features/applications/application';
import { Branding } from '@/features/applications/Branding';
import { ConsentPermissions } from '@/features/applications/ConsentPermissions';
import { MachineOrganizations } from '@/features/applications/MachineOrganizations';
import { MachineRoles } from '@/features/applications/MachineRoles';
import { applicationQuery, useDeleteApplication } from '@/features/applications/queries';
import { Secrets } from '@/features/applications/Secrets';
import { useT } from '@/i18n/I18n';

const ApplicationPage = () => {
  const t = useT();
  const { id } = Route.useParams();
  return (
    <Loaded query={useQuery(applicationQuery(id))} back={{ to: '/applications', label: t('applications.title') }}>
      {(application) => <Details application={application} />}
    </Loaded>
  );
};

const Details = ({ application }: { application: Application }) => {
  const t = useT();
  const remove = useRemove(application);
  const { id, name, type, isThirdParty } = application;
  return (
    <DetailPage
      back={{ to: '/applications', label: t('applications.title') }}
      icon={iconOf(type)}
      title={name}
      badges={
        <>
          <Badge variant="light">{t.maybe(`applications.types.${type}`) ?? type}</Badge>
          {isThirdParty && (
            <Badge variant="light" color="gray">
              {t('applications.thirdParty')}
            </Badge>
          )}
        </>
      }
      identifier={{ label: t('applications.fields.id'), value: id }}
      actions={
        <>
          <ButtonLink
            to="/applications/$id/guide"
            params={{ id }}
            variant="default"
            leftSection={<IconBook2 size={16} aria-hidden />}
          >
            {t('applications.guide.open')}
          </ButtonLink>
          <ActionMenu
            size="lg"
            actions={[{ label: t('applications.delete.action'), icon: IconTrash, isDangerous: true, onClick: remove }]}
          />
        </>
      }
      tabs={useTabs(application)}
    />
  );
};

const useTabs = (application: Application) => {
  const t = useT();
  const { id, isThirdParty } = application;
  const isForPeople = !isMachine(application);
  const tab = (name: 'settings' | 'secrets' | 'roles' | 'organizations' | 'permissions' | 'access' | 'branding') => ({
    id: name,
    label: t(`applications.tabs.${name}`),
  });
  return [
    { ...tab('settings'), content: <ApplicationSettings application={application} /> },
    ...(keepsSecrets(application) ? [{ ...tab('secrets'), content: <Secrets applicationId={id} /> }] : []),
    ...(isForPeople
      ? []
      : [
          { ...tab('roles'), content: <MachineRoles applicationId={id} /> },
          { ...tab('organizations'), content: <MachineOrganizations applicationId={id} /> },
        ]),
    ...(isThirdParty ? [{ ...tab('permissions'), content: <ConsentPermissions applicationId={id} /> }] : []),
    ...(isForPeople
      ? [
          { ...tab('access'), content: <AccessControl application={application} /> },
          { ...tab('branding'), content: <Branding application={application} /> },
        ]
      : []),
  ];
};

const useRemove = ({ id, name }: Application) => {
  const t = useT();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutateAsync } = useDeleteApplication();
  return async () => {
    const isSure = await confirm({
      title: t('applications.delete.title', { name }),
      message: t('applications.delete.message'),
      action: t('applications.delete.action'),
      typedName: name,
    });
    if (!isSure) return;
    await mutateAsync(id);
    toast(t('applications.delete.done', { name }));
    await navigate({ to: '/applications' });
    queryClient.removeQueries({ queryKey: ['applications', id] });
    await queryClient.invalidateQueries({ queryKey: ['applications', 'list'] });
  };
};

export const Route = createFileRoute('/_app/applications/$id/')({
  validateSearch: (search: Record<string, unknown>) => ({ ...listSearch()(search), ...tabSearch(search) }),
  component: ApplicationPage,
});
