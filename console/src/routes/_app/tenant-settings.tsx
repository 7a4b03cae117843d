/** Settings that count for the whole tenant. */
import { createFileRoute } from '@tanstack/react-router';
import { PageHeader } from '@/components/PageHeader';
import { TenantSettings } from '@/features/tenantSettings/TenantSettings';
import { useT } from '@/i18n/I18n';

const TenantSettingsPage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('tenantSettings.title')} description={t('tenantSettings.description')} />
      <TenantSettings />
    </>
  );
};

export const Route = createFileRoute('/_app/tenant-settings')({ component: TenantSettingsPage });
