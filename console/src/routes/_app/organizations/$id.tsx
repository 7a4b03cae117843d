/** One organization: its settings, who belongs to it, who is invited, its looks, its end. */
import { Badge } from '@mantine/core';
import { IconBuilding, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { DetailPage } from '@/components/DetailPage';
import { Loaded } from '@/components/Loaded';
import { listSearch, tabSearch } from '@/components/listState';
import { toast } from '@/components/toast';
import { Invitations } from '@/features/organizations/Invitations';
import { Machines } from '@/features/organizations/Machines';
import { Members } from '@/features/organizations/Members';
import { OrganizationBranding } from '@/features/organizations/OrganizationBranding';
import { OrganizationSettings } from '@/features/organizations/OrganizationSettings';
import { type Organization, organizationQuery, useDeleteOrganization } from '@/features/organizations/queries';
import { useT } from '@/i18n/I18n';

const OrganizationPage = () => {
  const t = useT();
  const { id } = Route.useParams();
  return (
    <Loaded query={useQuery(organizationQuery(id))} back={{ to: '/organizations', label: t('organizations.title') }}>
      {(organization) => <Details organization={organization} />}
    </Loaded>
  );
};

const Details = ({ organization }: { organization: Organization }) => {
  const t = useT();
  const { id, name, isMfaRequired } = organization;
  const remove = useRemove(organization);
  return (
    <DetailPage
      back={{ to: '/organizations', label: t('organizations.title') }}
      icon={IconBuilding}
      title={name}
      badges={isMfaRequired && <Badge variant="light">{t('organizations.mfaBadge')}</Badge>}
      identifier={{ label: t('organizations.fields.id'), value: id }}
      actions={
        <ActionMenu
          size="lg"
          actions={[
            { label: t('organizations.delete.action'), icon: IconTrash, isDangerous: true, onClick: () => void remove() },
          ]}
        />
      }
      tabs={[
        { id: 'settings', label: t('common.settings'), content: <OrganizationSettings organization={organization} /> },
        { id: 'members', label: t('organizations.tabs.members'), content: <Members organizationId={id} /> },
        { id: 'machines', label: t('organizations.tabs.machines'), content: <Machines organizationId={id} /> },
        { id: 'invitations', label: t('organizations.tabs.invitations'), content: <Invitations organizationId={id} /> },
        {
          id: 'branding',
          label: t('organizations.tabs.branding'),
          content: <OrganizationBranding organization={organization} />,
        },
      ]}
    />
  );
};

const useRemove = ({ id, name }: Organization) => {
  const t = useT();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutateAsync } = useDeleteOrganization();
  return async () => {
    const isSure = await confirm({
      title: t('organizations.delete.title', { name }),
      message: t('organizations.delete.message'),
      action: t('organizations.delete.action'),
      typedName: name,
    });
    if (!isSure) return;
    await mutateAsync(id);
    toast(t('organizations.delete.done', { name }));
    await navigate({ to: '/organizations' });
    queryClient.removeQueries({ queryKey: ['organizations', id] });
    await queryClient.invalidateQueries({ queryKey: ['organizations', 'list'] });
  };
};

export const Route = createFileRoute('/_app/organizations/$id')({
  validateSearch: (search: Record<string, unknown>) => ({ ...listSearch('role')(search), ...tabSearch(search) }),
  component: OrganizationPage,
});
