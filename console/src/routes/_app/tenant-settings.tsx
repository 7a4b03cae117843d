/** What holds for the tenant. */
import { IconAdjustments } from '@tabler/icons-react';
import { createFileRoute } from '@tanstack/react-router';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';

const TenantSettingsPage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('tenantSettings.title')} description={t('tenantSettings.description')} />
      <Surface>
        <EmptyState icon={IconAdjustments} title={t('common.soon.title')} description={t('common.soon.description')} />
      </Surface>
    </>
  );
};

export const Route = createFileRoute('/_app/tenant-settings')({ component: TenantSettingsPage });
