/** All organizations. */
import { IconBuilding } from '@tabler/icons-react';
import { createFileRoute } from '@tanstack/react-router';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';

const OrganizationsPage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('organizations.title')} description={t('organizations.description')} />
      <Surface>
        <EmptyState icon={IconBuilding} title={t('common.soon.title')} description={t('common.soon.description')} />
      </Surface>
    </>
  );
};

export const Route = createFileRoute('/_app/organizations/')({ component: OrganizationsPage });
