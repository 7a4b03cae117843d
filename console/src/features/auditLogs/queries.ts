/** What the pages of the audit log ask. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, pattern, type Shape, take, takePage } from '@/api/client';
import { pageSize } from '@/components/listState';

export type Entry = Shape<'LogResponse'>;

/** What entries say, whatever else they do. */
export type Payload = {
  result?: string;
  error?: unknown;
  ip?: string;
  userAgent?: string;
  userAgentParsed?: { browser?: { name?: string; version?: string }; os?: { name?: string; version?: string } };
  userId?: string;
  applicationId?: string;
};

export const payloadOf = ({ payload }: Entry) => payload as Payload;

/** How far back a list looks, in milliseconds. */
export const periods = { hour: 3_600_000, day: 86_400_000, week: 604_800_000, month: 2_592_000_000 };

export const isPeriod = (text: string | undefined): text is keyof typeof periods => text !== undefined && text in periods;

export type Filters = { event?: string; application?: string; user?: string; period?: string };

export const auditLogsQuery = ({ event, application, user, period, page = 1 }: Filters & { page?: number }) =>
  queryOptions({
    queryKey: ['audit-logs', 'list', event, application, user, period, page],
    queryFn: () => {
      const query = {
        page,
        page_size: pageSize,
        enableCap: 'true',
        ...(event && { logKey: event }),
        ...(application && { applicationId: application }),
        ...(user && { userId: user }),
        ...(isPeriod(period) && { start_time: Date.now() - periods[period] }),
      };
      return takePage(api().GET('/api/logs', { params: { query } }));
    },
    placeholderData: keepPreviousData,
  });

export const auditLogQuery = (id: string) =>
  queryOptions({
    queryKey: ['audit-logs', id],
    queryFn: () => take(api().GET('/api/logs/{id}', { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Names of applications, for the filter and for rows. */
export const applicationNamesQuery = queryOptions({
  queryKey: ['applications', 'names'],
  queryFn: async () => {
    const applications = await take(api().GET('/api/applications', { params: { query: { page: 1, page_size: 100 } } }));
    return applications.map(({ id, name }) => ({ id, name }));
  },
});

export const peopleQuery = (typed: string) =>
  queryOptions({
    queryKey: ['users', 'named', typed],
    queryFn: () => {
      const search = pattern(typed);
      return take(api().GET('/api/users', { params: { query: { page: 1, page_size: 20, ...(search && { search }) } } }));
    },
    placeholderData: keepPreviousData,
  });
