/** The search of a list. The URL follows when typing pauses. */
import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useT } from '@/i18n/I18n';
import { useListState } from './listState';

export const SearchField = ({ placeholder }: { placeholder: string }) => {
  const t = useT();
  const { q, setQ } = useListState();
  const [typed, setTyped] = useState(q);
  const search = useDebouncedCallback(setQ, 250);
  // Back and forward change the search from outside.
  useEffect(() => setTyped(q), [q]);
  const change = (value: string) => {
    setTyped(value);
    search(value);
  };
  return (
    <TextInput
      type="search"
      role="searchbox"
      aria-label={placeholder}
      placeholder={placeholder}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      leftSection={<IconSearch size={16} />}
      rightSection={typed && <CloseButton size="sm" onClick={() => change('')} aria-label={t('common.clearSearch')} />}
      w={{ base: '100%', sm: 320 }}
    />
  );
};
