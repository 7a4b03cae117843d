/** The audit log. */
import { IconListSearch } from '@tabler/icons-react';
import { createFileRoute } from '@tanstack/react-router';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';

const AuditLogsPage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('auditLogs.title')} description={t('auditLogs.description')} />
      <Surface>
        <EmptyState icon={IconListSearch} title={t('common.soon.title')} description={t('common.soon.description')} />
      </Surface>
    </>
  );
};

export const Route = createFileRoute('/_app/audit-logs/')({ component: AuditLogsPage });
