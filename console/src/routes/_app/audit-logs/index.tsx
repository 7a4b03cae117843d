/** What happened: sign-ins, tokens, scripts. */
import { createFileRoute } from '@tanstack/react-router';
import { listSearch } from '@/components/listState';
import { PageHeader } from '@/components/PageHeader';
import { AuditLogTable } from '@/features/auditLogs/AuditLogTable';
import { useT } from '@/i18n/I18n';

const AuditLogsPage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('auditLogs.title')} description={t('auditLogs.description')} />
      <AuditLogTable />
    </>
  );
};

export const Route = createFileRoute('/_app/audit-logs/')({
  validateSearch: listSearch('event', 'application', 'user', 'period'),
  component: AuditLogsPage,
});
