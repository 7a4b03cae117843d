/** What the dashboard asks. */
import { queryOptions } from '@tanstack/react-query';
import { api, take, takePage } from '@/api/client';
import { type Range, ranges } from './range';

/** Numbers are counted about a second after something happened; whoever watches sees them soon. */
const live = { staleTime: 0, refetchInterval: 10_000 };
const hour = 3_600_000;

export const usersQuery = queryOptions({
  queryKey: ['dashboard', 'users'],
  queryFn: async () => {
    const [total, fresh, active] = await Promise.all([
      take(api().GET('/api/dashboard/users/total')),
      take(api().GET('/api/dashboard/users/new')),
      take(api().GET('/api/dashboard/users/active')),
    ]);
    return { total: total.totalUserCount, fresh, active };
  },
  ...live,
});

/** All series of a range, whose last hour is the one under way. */
export const seriesQuery = (range: Range) =>
  queryOptions({
    queryKey: ['dashboard', 'series', range],
    queryFn: async () => {
      const to = Date.now();
      const params = { query: { from: to - (ranges[range].hours - 1) * hour, to } };
      const [tokens, signIns, scripts] = await Promise.all([
        take(api().GET('/api/dashboard/tokens', { params })),
        take(api().GET('/api/dashboard/sign-ins', { params })),
        take(api().GET('/api/statistics/scripts', { params })),
      ]);
      return { tokens: tokens.hours, signIns: signIns.hours, scripts: scripts.scripts };
    },
    ...live,
  });

/** How far somebody has come who is new here. */
export const progressQuery = queryOptions({
  queryKey: ['dashboard', 'progress'],
  queryFn: async () => {
    const first = { params: { query: { page: 1, page_size: 1 } } };
    const [applications, resources, scripts, tokens] = await Promise.all([
      takePage(api().GET('/api/applications', first)),
      takePage(api().GET('/api/resources', first)),
      take(api().GET('/api/configs/jwt-customizer')),
      take(api().GET('/api/statistics/scripts')),
    ]);
    return {
      // The first application and the first API came with the server.
      hasApplication: applications.total > 1,
      hasApi: resources.total > 1,
      hasScript: scripts.length > 0,
      hasToken: tokens.scripts.some(({ total }) => total.runs > 0),
    };
  },
  // Whoever comes back from a step wants to see it done.
  ...live,
});
