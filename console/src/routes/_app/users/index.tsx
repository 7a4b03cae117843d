/** The people of the tenant. */
import { Badge, Button } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { listSearch } from '@/components/listState';
import { PageHeader } from '@/components/PageHeader';
import { SearchField } from '@/components/SearchField';
import { Time } from '@/components/Time';
import { CreateUser } from '@/features/users/CreateUser';
import { PasswordShown } from '@/features/users/NewPassword';
import { PersonCell } from '@/features/users/PersonCell';
import { personName } from '@/features/users/person';
import { type User, usersQuery } from '@/features/users/queries';
import { useT } from '@/i18n/I18n';

const UsersPage = () => {
  const t = useT();
  const navigate = useNavigate();
  const query = useQuery(usersQuery(Route.useSearch()));
  const [isCreating, setCreating] = useState(false);
  const [made, setMade] = useState<{ user: User; password: string }>();
  const open = ({ id }: { id: string }) => void navigate({ to: '/users/$id', params: { id } });
  const createButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {t('users.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('users.title')} description={t('users.description')} actions={createButton} />
      <DataTable
        label={t('users.title')}
        query={query}
        columns={useColumns()}
        rowKey={({ id }) => id}
        onRowClick={open}
        toolbar={<SearchField placeholder={t('users.search')} />}
        empty={
          <EmptyState icon={IconUsers} title={t('users.empty.title')} description={t('users.empty.description')}>
            {createButton}
          </EmptyState>
        }
      />
      <CreateUser
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        onCreated={(user, password) => (password ? setMade({ user, password }) : open(user))}
      />
      {made && (
        <PasswordShown
          title={t('users.created', { name: personName(made.user) })}
          name={personName(made.user)}
          password={made.password}
          isOpen
          onClose={() => {
            setMade(undefined);
            open(made.user);
          }}
        />
      )}
    </>
  );
};

const useColumns = (): Column<User>[] => {
  const t = useT();
  return [
    {
      id: 'user',
      header: t('users.columns.user'),
      cell: (user) => (
        <PersonCell
          person={user}
          badge={
            user.isSuspended && (
              <Badge size="sm" color="red" variant="light">
                {t('users.suspended')}
              </Badge>
            )
          }
        />
      ),
    },
    { id: 'lastSignIn', header: t('users.columns.lastSignIn'), cell: ({ lastSignInAt }) => <Time at={lastSignInAt} /> },
    {
      id: 'created',
      header: t('common.created'),
      isOptional: true,
      cell: ({ createdAt }) => <Time at={createdAt} withTime={false} />,
    },
  ];
};

export const Route = createFileRoute('/_app/users/')({ validateSearch: listSearch(), component: UsersPage });
