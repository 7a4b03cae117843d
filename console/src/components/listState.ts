/** Search, filters and page of a list. They are in the URL, so that a link, a reload and the back button keep them. */
import { useNavigate, useSearch } from '@tanstack/react-router';

/** What a list's URL may hold besides its filters. */
export type ListSearch = { q?: string; page?: number };

export const pageSize = 20;

const text = (value: unknown) => {
  const string = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return string === '' ? undefined : string;
};

const positive = (value: unknown) => {
  const number = Number(value);
  return Number.isInteger(number) && number > 1 ? number : undefined;
};

/** For a route's `validateSearch`: `listSearch('type', 'status')` lets these two filters through besides page and search. */
export const listSearch =
  <Filter extends string = never>(...filters: Filter[]) =>
  (search: Record<string, unknown>): ListSearch & Partial<Record<Filter, string>> => {
    const entries: [string, unknown][] = [
      ['q', text(search.q)],
      ['page', positive(search.page)],
      ...filters.map((name): [string, unknown] => [name, text(search[name])]),
    ];
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as ListSearch & Partial<Record<Filter, string>>;
  };

/** For a route's `validateSearch` on a page with tabs. */
export const tabSearch = (search: Record<string, unknown>): { tab?: string } => {
  const tab = text(search.tab);
  return tab ? { tab } : {};
};

type Search = Record<string, string | number | undefined>;

/** Reads and writes the search of whichever route is shown. */
export const useListState = () => {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const change = (changed: Search, replace = false) => {
    const next = (previous: Search) => ({ ...previous, ...changed });
    // The route's own validateSearch cleans up; the types of all routes at once cannot say that.
    void navigate({ to: '.', search: next as never, replace });
  };
  return {
    q: (search.q as string | undefined) ?? '',
    page: (search.page as number | undefined) ?? 1,
    filter: (name: string) => search[name] as string | undefined,
    /** `isCorrection` leaves no step in the history. */
    setPage: (page: number, isCorrection = false) => change({ page: page === 1 ? undefined : page }, isCorrection),
    /** Typing does not fill the history. */
    setQ: (q: string) => change({ q: q === '' ? undefined : q, page: undefined }, true),
    setFilter: (name: string, value: string | null | undefined) => change({ [name]: value ?? undefined, page: undefined }),
    clear: (...filters: string[]) => change(Object.fromEntries(['q', 'page', ...filters].map((name) => [name, undefined]))),
  };
};
