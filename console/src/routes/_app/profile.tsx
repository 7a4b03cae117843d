/** The own account of the administrator. */
import { IconUserCircle } from '@tabler/icons-react';
import { createFileRoute } from '@tanstack/react-router';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';

const ProfilePage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('profile.title')} description={t('profile.description')} />
      <Surface>
        <EmptyState icon={IconUserCircle} title={t('common.soon.title')} description={t('common.soon.description')} />
      </Surface>
    </>
  );
};

export const Route = createFileRoute('/_app/profile')({ component: ProfilePage });
