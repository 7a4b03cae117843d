/** Filters of the audit log; what is chosen is in the URL. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useListState } from '@/components/listState';
import { personName } from '@/features/users/person';
import { userQuery } from '@/features/users/queries';
import { useT } from '@/i18n/I18n';
import { eventKeys, eventTitle } from './events';
import { applicationNamesQuery, peopleQuery, periods } from './queries';

export const LogFilters = ({ hasUser }: { hasUser: boolean }) => {
  const t = useT();
  const { filter, setFilter } = useListState();
  const { data: applications = [] } = useQuery(applicationNamesQuery);
  const field = (name: string, label: string) => ({
    'aria-label': label,
    placeholder: label,
    value: filter(name) ?? null,
    onChange: (value: string | null) => setFilter(name, value),
    clearable: true,
    clearButtonProps: { 'aria-label': t('auditLogs.filters.clear', { what: label }) },
    nothingFoundMessage: t('common.noMatch.title'),
    w: { base: '100%', sm: 210 },
  });
  const event = filter('event');
  // A link may name an event that this list does not know.
  const known = event && !eventKeys.includes(event) ? [...eventKeys, event] : eventKeys;
  return (
    <>
      <Select
        {...field('event', t('auditLogs.filters.event'))}
        data={known.map((key) => ({ value: key, label: eventTitle(key, t) }))}
        searchable
        comboboxProps={{ width: 340, position: 'bottom-start' }}
      />
      <Select
        {...field('application', t('auditLogs.filters.application'))}
        data={applications.map(({ id, name }) => ({ value: id, label: name }))}
        searchable
      />
      {hasUser && <UserFilter field={field('user', t('auditLogs.filters.user'))} />}
      <Select
        {...field('period', t('auditLogs.filters.period'))}
        data={Object.keys(periods).map((name) => ({
          value: name,
          label: t(`auditLogs.periods.${name as keyof typeof periods}`),
        }))}
      />
    </>
  );
};

/** People are too many for a list, so the server searches what is typed. */
const UserFilter = ({ field }: { field: { value: string | null; onChange: (value: string | null) => void } }) => {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 200);
  const { data: chosen } = useQuery({ ...userQuery(field.value ?? ''), enabled: field.value !== null });
  const { data: found = [] } = useQuery(peopleQuery(chosen && search === personName(chosen) ? '' : search));
  const people = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  const options = people.map((person) => ({ value: person.id, label: personName(person) }));
  const isUnknown = field.value !== null && !people.some(({ id }) => id === field.value);
  return (
    <Select
      {...field}
      data={isUnknown ? [...options, { value: field.value ?? '', label: field.value ?? '' }] : options}
      searchable
      onSearchChange={setTyped}
      // The server has filtered.
      filter={({ options: all }) => all}
    />
  );
};
