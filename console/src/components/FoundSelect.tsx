/** Fields that choose one or several of what the server finds for what is typed: however many there are, all can be chosen. */
import { Loader, MultiSelect, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, type QueryKey, queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '@/i18n/I18n';

export type Found = { value: string; label: string };

export type Source = {
  /** Names in the cache what is searched. */
  queryKey: QueryKey;
  /** The first that fit what was typed, or simply the first. */
  find: (search: string) => Promise<Found[]>;
  /** What one is called that was chosen before. Without this nothing can be. */
  nameOf?: (id: string) => Promise<string>;
};

const nameKey = ({ queryKey }: Source, id: string) => [...queryKey, 'name', id];

/** What is found is known by name from then on, whatever is typed next. */
export const foundQuery = (source: Source, search: string) =>
  queryOptions({
    queryKey: [...source.queryKey, 'found', search],
    queryFn: async ({ client }) => {
      const found = await source.find(search);
      for (const { value, label } of found) client.setQueryData(nameKey(source, value), label);
      return found;
    },
    placeholderData: keepPreviousData,
  });

const useNames = (source: Source, ids: string[]) => {
  const { nameOf } = source;
  const queries = useQueries({
    queries: ids.map((id) => ({
      queryKey: nameKey(source, id),
      queryFn: () => nameOf?.(id) ?? id,
      enabled: nameOf !== undefined,
      staleTime: 60_000,
    })),
  });
  return ids.map((value, index): Found => ({ value, label: queries[index]?.data ?? value }));
};

const useFound = (source: Source, chosen: string[], noneText: string | undefined) => {
  const t = useT();
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const known = useNames(source, chosen);
  // What is chosen stands in the field of a single choice; it is no search.
  const [search] = useDebouncedValue(known.some(({ label }) => label === typed) ? '' : typed.trim(), 200);
  const query = useQuery({ ...foundQuery(source, search), enabled: isOpen });
  const found = query.data ?? [];
  const ids = new Set(found.map(({ value }) => value));
  const nothing = search === '' && noneText ? noneText : t('common.noMatch.title');
  return {
    data: [...known.filter(({ value }) => !ids.has(value)), ...found],
    searchable: true,
    searchValue: typed,
    onSearchChange: setTyped,
    // The server has searched already, in more than the label; what is chosen is among the data for its name only.
    filter: () => found,
    onDropdownOpen: () => setOpen(true),
    nothingFoundMessage: <Nothing>{query.isPending ? t('common.loading') : query.error ? t('common.failed') : nothing}</Nothing>,
    ...(query.isFetching && { rightSection: <Loader size={12} /> }),
    comboboxProps: { shadow: 'md' },
  } as const;
};

/** In the place of options, and one for those who hear the list: a list of none is no list. */
const Nothing = ({ children }: { children: string }) => (
  <div role="option" aria-disabled="true" aria-selected="false" tabIndex={-1}>
    {children}
  </div>
);

type Looks = {
  description?: string;
  placeholder?: string;
  /** Said when there is nothing at all to choose. */
  noneText?: string;
  error?: string | false;
  clearLabel: string;
};

type OneProps = Looks & {
  source: Source;
  /** Over the field, or for those only who cannot see what it is about. */
  label: string | { hidden: string };
  value: string | null;
  onChange: (id: string | null) => void;
  isRequired?: boolean;
  size?: 'xs' | 'sm';
  w?: Parameters<typeof Select>[0]['w'];
};

export const FoundSelect = ({
  source,
  label,
  value,
  noneText,
  clearLabel,
  isRequired = false,
  size = 'sm',
  ...props
}: OneProps) => (
  <Select
    {...useFound(source, value === null ? [] : [value], noneText)}
    {...(typeof label === 'string' ? { label } : { 'aria-label': label.hidden })}
    value={value}
    size={size}
    withAsterisk={isRequired}
    clearable
    clearButtonProps={{ 'aria-label': clearLabel }}
    {...props}
  />
);

type ManyProps = Looks & {
  source: Source;
  label: string;
  value: string[];
  onChange: (ids: string[]) => void;
  isFirst?: boolean;
};

export const FoundMultiSelect = ({ source, value, noneText, placeholder, clearLabel, isFirst = false, ...props }: ManyProps) => (
  <MultiSelect
    {...useFound(source, value, noneText)}
    value={value}
    placeholder={value.length === 0 ? (placeholder ?? '') : ''}
    clearable
    clearButtonProps={{ 'aria-label': clearLabel }}
    {...(isFirst && { 'data-autofocus': true })}
    {...props}
  />
);
