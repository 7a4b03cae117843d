/** Finds a person, an application or an organization by what is typed. */
import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '@/i18n/I18n';
import { type Found, subjectsQuery } from '../queries';

type Props = {
  kind: Parameters<typeof subjectsQuery>[0];
  label: string;
  value: string | undefined;
  onChange: (id: string | null) => void;
  isRequired?: boolean;
};

export const SubjectSelect = ({ kind, label, value, onChange, isRequired = false }: Props) => {
  const t = useT();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Found>();
  const [isOpen, setOpen] = useState(false);
  // What was chosen stands in the field; it is no search.
  const [search] = useDebouncedValue(typed === chosen?.label ? '' : typed, 200);
  const query = useQuery({ ...subjectsQuery(kind, search), enabled: isOpen });
  const found = query.data ?? [];
  const options = chosen && !found.some((row) => row.value === chosen.value) ? [chosen, ...found] : found;
  return (
    <Select
      size="xs"
      label={label}
      placeholder={t(isRequired ? 'customJwt.real.choose' : 'customJwt.real.chooseOptional')}
      data={options}
      value={value ?? null}
      onChange={(id) => {
        setChosen(options.find((row) => row.value === id));
        onChange(id);
      }}
      searchable
      clearable
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has searched already, in more than the label.
      filter={({ options: all }) => all}
      onDropdownOpen={() => setOpen(true)}
      nothingFoundMessage={query.isPending ? t('common.loading') : query.error ? t('common.failed') : t('common.noMatch.title')}
      rightSection={query.isFetching ? <Loader size={12} /> : undefined}
      clearButtonProps={{ 'aria-label': t('common.removeThis', { what: label }) }}
      withAsterisk={isRequired}
      comboboxProps={{ shadow: 'md' }}
    />
  );
};
