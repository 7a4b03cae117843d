/** The tab with where a user is signed in, and what they allowed applications. */
import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { IconDeviceLaptop, IconKeyOff, IconLogout, IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink } from '@/components/links';
import { Time } from '@/components/Time';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type Grant, grantsQuery, type Session, sessionsQuery, useEndSession, useRevokeGrant } from './belongings';

export const UserSessions = ({ userId }: { userId: string }) => {
  const t = useT();
  const grants = useQuery(grantsQuery(userId));
  const nameOf = (clientId: string) =>
    grants.data?.items.find(({ application }) => application.id === clientId)?.application.name ?? clientId;
  return (
    <Stack gap="xl">
      <Stack gap="sm">
        <Title order={2}>{t('users.sessions.title')}</Title>
        <DataTable
          label={t('users.sessions.title')}
          query={useQuery(sessionsQuery(userId))}
          columns={useSessionColumns(userId, nameOf)}
          rowKey={({ payload }) => payload.uid}
          size={Number.MAX_SAFE_INTEGER}
          empty={
            <EmptyState
              icon={IconDeviceLaptop}
              title={t('users.sessions.empty.title')}
              description={t('users.sessions.empty.description')}
            />
          }
        />
      </Stack>
      <Stack gap="sm">
        <Title order={2}>{t('users.grants.title')}</Title>
        <DataTable
          label={t('users.grants.title')}
          query={grants}
          columns={useGrantColumns(userId)}
          rowKey={({ id }) => id}
          size={Number.MAX_SAFE_INTEGER}
          empty={
            <EmptyState
              icon={IconPlugConnectedX}
              title={t('users.grants.empty.title')}
              description={t('users.grants.empty.description')}
            />
          }
        />
      </Stack>
    </Stack>
  );
};

const useSessionColumns = (userId: string, nameOf: (clientId: string) => string): Column<Session>[] => {
  const t = useT();
  const end = useEnd(userId);
  return [
    {
      id: 'since',
      header: t('users.sessions.since'),
      cell: ({ payload }) => <Time at={payload.loginTs * 1000} />,
    },
    {
      id: 'applications',
      header: t('users.sessions.applications'),
      cell: ({ payload, clientId }) => {
        const clients = new Set([...Object.keys(payload.authorizations ?? {}), ...(clientId ? [clientId] : [])]);
        return (
          <Group gap={6}>
            {[...clients].map((id) => (
              <Badge key={id} variant="light" color="gray" tt="none">
                {nameOf(id)}
              </Badge>
            ))}
          </Group>
        );
      },
    },
    {
      id: 'until',
      header: t('users.sessions.until'),
      isOptional: true,
      cell: ({ expiresAt }) => <Time at={expiresAt} />,
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: (session) => (
        <ActionMenu
          label={t('users.sessions.title')}
          actions={[
            { label: t('users.sessions.end'), icon: IconLogout, isDangerous: true, onClick: () => void end(session, false) },
            {
              label: t('users.sessions.endWithGrants'),
              icon: IconKeyOff,
              isDangerous: true,
              onClick: () => void end(session, true),
            },
          ]}
        />
      ),
    },
  ];
};

const useEnd = (userId: string) => {
  const t = useT();
  const confirm = useConfirm();
  const { mutateAsync } = useEndSession(userId);
  return async ({ payload }: Session, withGrants: boolean) => {
    const isSure = await confirm({
      title: t('users.sessions.endTitle'),
      message: t(withGrants ? 'users.sessions.endWithGrantsMessage' : 'users.sessions.endMessage'),
      action: t('users.sessions.end'),
    });
    if (!isSure) return;
    await mutateAsync({ sessionId: payload.uid, withGrants });
    toast(t('users.sessions.ended'));
  };
};

/** Every scope that a grant names, of the user and of APIs. */
const scopesOf = ({ payload }: Grant) => {
  const { scope = '' } = (payload.openid ?? {}) as { scope?: string };
  const ofApis = Object.values((payload.resources ?? {}) as Record<string, string>);
  return [...new Set([scope, ...ofApis].flatMap((text) => text.split(' ')).filter(Boolean))];
};

const useGrantColumns = (userId: string): Column<Grant>[] => {
  const t = useT();
  const revoke = useRevoke(userId);
  return [
    {
      id: 'application',
      header: t('users.grants.application'),
      cell: ({ application: { id, name } }) => (
        <AnchorLink to="/applications/$id" params={{ id }} size="sm" fw={600} className="breakable">
          {name || id}
        </AnchorLink>
      ),
    },
    {
      id: 'scopes',
      header: t('users.grants.scopes'),
      isOptional: true,
      cell: (grant) => (
        <Text size="xs" ff="monospace" c="dimmed" className="breakable">
          {scopesOf(grant).join(' ') || '–'}
        </Text>
      ),
    },
    { id: 'given', header: t('users.grants.given'), cell: ({ payload }) => <Time at={payload.iat * 1000} /> },
    {
      id: 'until',
      header: t('users.sessions.until'),
      isOptional: true,
      cell: ({ expiresAt }) => <Time at={expiresAt} />,
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: (grant) => (
        <ActionMenu
          label={grant.application.name}
          actions={[{ label: t('users.grants.revoke'), icon: IconKeyOff, isDangerous: true, onClick: () => void revoke(grant) }]}
        />
      ),
    },
  ];
};

const useRevoke = (userId: string) => {
  const t = useT();
  const confirm = useConfirm();
  const { mutateAsync } = useRevokeGrant(userId);
  return async ({ id, application: { name } }: Grant) => {
    const isSure = await confirm({
      title: t('users.grants.revokeTitle', { name }),
      message: t('users.grants.revokeMessage'),
      action: t('users.grants.revoke'),
    });
    if (!isSure) return;
    await mutateAsync(id);
    toast(t('users.grants.revoked', { name }));
  };
};
