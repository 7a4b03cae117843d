/** All applications. */
import { IconBox } from '@tabler/icons-react';
import { createFileRoute } from '@tanstack/react-router';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';

const ApplicationsPage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('applications.title')} description={t('applications.description')} />
      <Surface>
        <EmptyState icon={IconBox} title={t('common.soon.title')} description={t('common.soon.description')} />
      </Surface>
    </>
  );
};

export const Route = createFileRoute('/_app/applications/')({ component: ApplicationsPage });
