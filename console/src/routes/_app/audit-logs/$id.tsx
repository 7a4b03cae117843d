/** One entry of the audit log. */
import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { BackLink } from '@/components/DetailPage';
import { Loaded } from '@/components/Loaded';
import { EntryDetails } from '@/features/auditLogs/EntryDetails';
import { eventTitle } from '@/features/auditLogs/events';
import { auditLogQuery, type Entry } from '@/features/auditLogs/queries';
import { useT } from '@/i18n/I18n';

const AuditLogPage = () => {
  const t = useT();
  const { id } = Route.useParams();
  return (
    <Loaded query={useQuery(auditLogQuery(id))} back={{ to: '/audit-logs', label: t('auditLogs.title') }}>
      {(entry) => <Details entry={entry} />}
    </Loaded>
  );
};

const Details = ({ entry }: { entry: Entry }) => {
  const t = useT();
  const title = eventTitle(entry.key, t);
  useDocumentTitle(`${title} · Signet`);
  return (
    <>
      <BackLink to="/audit-logs" label={t('auditLogs.title')} />
      <Title order={1} mb="lg">
        {title}
      </Title>
      <EntryDetails entry={entry} />
    </>
  );
};

export const Route = createFileRoute('/_app/audit-logs/$id')({ component: AuditLogPage });
