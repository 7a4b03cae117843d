/** One user: who they are, what they may do, where they are signed in, what happened. */
import { Avatar, Badge } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { DetailPage } from '@/components/DetailPage';
import { Loaded } from '@/components/Loaded';
import { listSearch, tabSearch } from '@/components/listState';
import { AuditLogTable } from '@/features/auditLogs/AuditLogTable';
import { personName } from '@/features/users/person';
import { type User, userQuery } from '@/features/users/queries';
import { UserActions } from '@/features/users/UserActions';
import { UserOrganizations } from '@/features/users/UserOrganizations';
import { UserProfile } from '@/features/users/UserProfile';
import { UserRoles } from '@/features/users/UserRoles';
import { UserSessions } from '@/features/users/UserSessions';
import { UserTokens } from '@/features/users/UserTokens';
import { useT } from '@/i18n/I18n';

const UserPage = () => {
  const t = useT();
  const { id } = Route.useParams();
  return (
    <Loaded query={useQuery(userQuery(id))} back={{ to: '/users', label: t('users.title') }}>
      {(user) => <Details user={user} />}
    </Loaded>
  );
};

const Details = ({ user }: { user: User }) => {
  const t = useT();
  const name = personName(user);
  return (
    <DetailPage
      back={{ to: '/users', label: t('users.title') }}
      icon={IconUser}
      picture={<Avatar src={user.avatar || null} name={name} color="signet" size={48} alt="" />}
      title={name}
      badges={
        user.isSuspended && (
          <Badge color="red" variant="light">
            {t('users.suspended')}
          </Badge>
        )
      }
      identifier={{ label: t('users.fields.id'), value: user.id }}
      actions={<UserActions user={user} />}
      tabs={[
        { id: 'profile', label: t('users.tabs.profile'), content: <UserProfile key={user.id} user={user} /> },
        { id: 'roles', label: t('users.tabs.roles'), content: <UserRoles userId={user.id} /> },
        { id: 'organizations', label: t('users.tabs.organizations'), content: <UserOrganizations userId={user.id} /> },
        { id: 'sessions', label: t('users.tabs.sessions'), content: <UserSessions userId={user.id} /> },
        { id: 'tokens', label: t('users.tabs.tokens'), content: <UserTokens userId={user.id} /> },
        { id: 'logs', label: t('users.tabs.logs'), content: <AuditLogTable userId={user.id} /> },
      ]}
    />
  );
};

export const Route = createFileRoute('/_app/users/$id')({
  validateSearch: (search: Record<string, unknown>) => ({
    ...listSearch('event', 'application', 'period')(search),
    ...tabSearch(search),
  }),
  component: UserPage,
});
