/** Entries of the audit log with their filters: on the page of its own, and on that of a user. */
import { Badge, Group, Text } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink } from '@/components/links';
import { useListState } from '@/components/listState';
import { Time } from '@/components/Time';
import { useT } from '@/i18n/I18n';
import { eventTitle } from './events';
import { LogFilters } from './LogFilters';
import { ApplicationName, UserName } from './names';
import { auditLogsQuery, type Entry, payloadOf } from './queries';

export const AuditLogTable = ({ userId }: { userId?: string }) => {
  const t = useT();
  const navigate = useNavigate();
  const { page, filter } = useListState();
  const user = userId ?? filter('user');
  const query = useQuery(
    auditLogsQuery({ event: filter('event'), application: filter('application'), period: filter('period'), user, page }),
  );
  return (
    <DataTable
      label={t('auditLogs.title')}
      query={query}
      columns={useColumns(userId !== undefined)}
      rowKey={({ id }) => id}
      onRowClick={({ id }) => void navigate({ to: '/audit-logs/$id', params: { id } })}
      filters={['event', 'application', 'period', ...(userId ? [] : ['user'])]}
      toolbar={<LogFilters hasUser={userId === undefined} />}
      empty={
        <EmptyState
          icon={IconListSearch}
          title={t('auditLogs.empty.title')}
          description={t(userId ? 'auditLogs.empty.ofUser' : 'auditLogs.empty.description')}
        />
      }
    />
  );
};

const useColumns = (isOfOneUser: boolean): Column<Entry>[] => {
  const t = useT();
  const columns: Column<Entry>[] = [
    {
      id: 'event',
      header: t('auditLogs.columns.event'),
      cell: (entry) => (
        <Group gap="xs">
          <AnchorLink to="/audit-logs/$id" params={{ id: entry.id }} fw={600} size="sm">
            {eventTitle(entry.key, t)}
          </AnchorLink>
          <Result entry={entry} />
        </Group>
      ),
    },
    {
      id: 'user',
      header: t('auditLogs.columns.user'),
      isOptional: true,
      cell: (entry) => <UserName id={payloadOf(entry).userId} />,
    },
    {
      id: 'application',
      header: t('auditLogs.columns.application'),
      isOptional: true,
      cell: (entry) => <ApplicationName id={payloadOf(entry).applicationId} />,
    },
    {
      id: 'time',
      header: t('auditLogs.columns.time'),
      cell: ({ createdAt }) => (
        <Text size="sm" c="dimmed" component="div">
          <Time at={createdAt} />
        </Text>
      ),
    },
  ];
  return isOfOneUser ? columns.filter(({ id }) => id !== 'user') : columns;
};

/** Only failures are marked in a list: most things go well. */
const Result = ({ entry }: { entry: Entry }) => {
  const t = useT();
  if (payloadOf(entry).result !== 'Error') return null;
  return (
    <Badge size="sm" color="red" variant="light" tt="none">
      {t('auditLogs.failed')}
    </Badge>
  );
};
