/** The text of a guide. It is in docs/guides/applications, and a part of its own in the build, loaded when it is read. */
import { queryOptions } from '@tanstack/react-query';
import { api, take } from '@/api/client';
import { managementApi } from '@/auth/client';

const files = import.meta.glob<string>('../../../../docs/guides/applications/*.md', { query: '?raw', import: 'default' });

/** The introduction has the title; the page has one of its own. */
const withoutTitle = (markdown: string) => markdown.replace(/^# .*\n+/, '');

export const guideQuery = (id: string) =>
  queryOptions({
    queryKey: ['guides', id],
    queryFn: async () => {
      const load = Object.entries(files).find(([path]) => path.endsWith(`/${id}.md`))?.[1];
      if (!load) throw new Error(`there is no guide ${id}`);
      return withoutTitle(await load());
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The APIs that a guide can be about. */
export const guideApisQuery = queryOptions({
  queryKey: ['api-resources', 'of-guides'],
  queryFn: async () => {
    const all = await take(api().GET('/api/resources', { params: { query: { includeScopes: true } } }));
    return all.filter(({ indicator }) => indicator !== managementApi);
  },
});
