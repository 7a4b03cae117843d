/** The people of the tenant. */
import { IconUsers } from '@tabler/icons-react';
import { createFileRoute } from '@tanstack/react-router';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';

const UsersPage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('users.title')} description={t('users.description')} />
      <Surface>
        <EmptyState icon={IconUsers} title={t('common.soon.title')} description={t('common.soon.description')} />
      </Surface>
    </>
  );
};

export const Route = createFileRoute('/_app/users/')({ component: UsersPage });
