/** The tab with the invitations to an organization. */
import { Badge, Button, Text } from '@mantine/core';
import { IconBan, IconMailPlus, IconSend, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Time } from '@/components/Time';
import { toast } from '@/components/toast';
import { RoleBadges } from '@/features/organizationTemplate/RoleSelect';
import { useT } from '@/i18n/I18n';
import { InviteDialog } from './InviteDialog';
import { type Invitation, invitationsQuery, useDeleteInvitation, useRevokeInvitation } from './invitations';
import { ResendDialog } from './ResendDialog';

export const Invitations = ({ organizationId }: { organizationId: string }) => {
  const t = useT();
  const query = useQuery(invitationsQuery(organizationId));
  const [isInviting, setInviting] = useState(false);
  const [sent, setSent] = useState<Invitation>();
  const inviteButton = (
    <Button leftSection={<IconMailPlus size={16} />} onClick={() => setInviting(true)}>
      {t('organizations.invitations.invite')}
    </Button>
  );
  return (
    <>
      <DataTable
        label={t('organizations.tabs.invitations')}
        query={query}
        columns={useColumns(setSent)}
        rowKey={({ id }) => id}
        size={Number.MAX_SAFE_INTEGER}
        toolbar={query.data && query.data.total > 0 && inviteButton}
        empty={
          <EmptyState
            icon={IconMailPlus}
            title={t('organizations.invitations.empty.title')}
            description={t('organizations.invitations.empty.description')}
          >
            {inviteButton}
          </EmptyState>
        }
      />
      <InviteDialog organizationId={organizationId} isOpen={isInviting} onClose={() => setInviting(false)} />
      <ResendDialog invitation={sent} onClose={() => setSent(undefined)} />
    </>
  );
};

const colors = { Pending: 'blue', Accepted: 'signet', Expired: 'gray', Revoked: 'red' };

const useColumns = (onSend: (invitation: Invitation) => void): Column<Invitation>[] => {
  const t = useT();
  const { revoke, remove } = useEnds();
  return [
    {
      id: 'invitee',
      header: t('organizations.invitations.invitee'),
      cell: ({ invitee }) => (
        <Text size="sm" fw={600} className="breakable">
          {invitee}
        </Text>
      ),
    },
    {
      id: 'status',
      header: t('organizations.invitations.status'),
      cell: ({ status }) => (
        <Badge variant="light" color={colors[status]} tt="none" miw="max-content">
          {t(`organizations.invitations.statuses.${status}`)}
        </Badge>
      ),
    },
    {
      id: 'roles',
      header: t('organizations.roles.label'),
      isOptional: true,
      cell: ({ organizationRoles }) => <RoleBadges roles={organizationRoles} />,
    },
    {
      id: 'expires',
      header: t('organizations.invitations.expires'),
      isOptional: true,
      cell: ({ expiresAt }) => <Time at={expiresAt} />,
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: (invitation) => (
        <ActionMenu
          label={invitation.invitee}
          actions={[
            ...(invitation.status === 'Pending'
              ? [
                  { label: t('organizations.invitations.resend'), icon: IconSend, onClick: () => onSend(invitation) },
                  {
                    label: t('organizations.invitations.revoke'),
                    icon: IconBan,
                    isDangerous: true,
                    onClick: () => void revoke(invitation),
                  },
                ]
              : []),
            { label: t('common.delete'), icon: IconTrash, isDangerous: true, onClick: () => void remove(invitation) },
          ]}
        />
      ),
    },
  ];
};

const useEnds = () => {
  const t = useT();
  const confirm = useConfirm();
  const { mutateAsync: revokeById } = useRevokeInvitation();
  const { mutateAsync: deleteById } = useDeleteInvitation();
  const revoke = async ({ id, invitee }: Invitation) => {
    const isSure = await confirm({
      title: t('organizations.invitations.revokeTitle', { invitee }),
      message: t('organizations.invitations.revokeMessage'),
      action: t('organizations.invitations.revoke'),
    });
    if (!isSure) return;
    await revokeById(id);
    toast(t('organizations.invitations.revoked', { invitee }));
  };
  const remove = async ({ id, invitee }: Invitation) => {
    const isSure = await confirm({
      title: t('organizations.invitations.deleteTitle', { invitee }),
      message: t('organizations.invitations.deleteMessage'),
      action: t('common.delete'),
    });
    if (!isSure) return;
    await deleteById(id);
    toast(t('organizations.invitations.deleted', { invitee }));
  };
  return { revoke, remove };
};
