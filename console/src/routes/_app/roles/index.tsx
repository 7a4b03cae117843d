/** All roles. */
import { IconShieldLock } from '@tabler/icons-react';
import { createFileRoute } from '@tanstack/react-router';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';

const RolesPage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('roles.title')} description={t('roles.description')} />
      <Surface>
        <EmptyState icon={IconShieldLock} title={t('common.soon.title')} description={t('common.soon.description')} />
      </Surface>
    </>
  );
};

export const Route = createFileRoute('/_app/roles/')({ component: RolesPage });
