/** A list of things by their ids, shown by their names, with a dialog to add more. */
import { Button, Group, Input, Pill, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { type Choice, PickDialog } from '@/components/PickDialog';
import { useT } from '@/i18n/I18n';

type Props = {
  label: string;
  /** Names the things in the cache. */
  subject: string;
  value: string[];
  onChange: (ids: string[]) => void;
  load: (typed: string, known: Set<string>) => Promise<Choice[]>;
  nameOf: (id: string) => Promise<string>;
};

export const useNames = (subject: string, ids: string[], nameOf: (id: string) => Promise<string>) => {
  const queries = useQueries({
    queries: ids.map((id) => ({ queryKey: ['names', subject, id], queryFn: () => nameOf(id), staleTime: 60_000 })),
  });
  return (id: string) => queries[ids.indexOf(id)]?.data ?? id;
};

export const PickedField = ({ label, subject, value, onChange, load, nameOf }: Props) => {
  const t = useT();
  const [isAdding, setAdding] = useState(false);
  const name = useNames(subject, value, nameOf);
  return (
    <Input.Wrapper label={label} labelElement="div">
      {value.length === 0 && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('common.none')}
        </Text>
      )}
      <Pill.Group mt={6}>
        {value.map((id) => (
          <Pill
            key={id}
            size="md"
            withRemoveButton
            onRemove={() => onChange(value.filter((other) => other !== id))}
            removeButtonProps={{
              'aria-label': t('common.removeThis', { what: name(id) }),
              'aria-hidden': false,
              tabIndex: 0,
            }}
          >
            {name(id)}
          </Pill>
        ))}
      </Pill.Group>
      <Group mt="xs">
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => setAdding(true)}
          aria-label={t('applications.access.add', { what: label })}
        >
          {t('common.add')}
        </Button>
      </Group>
      <PickDialog
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        title={label}
        searchLabel={t('applications.access.search')}
        queryKey={['access-candidates', subject, value.length]}
        load={(typed) => load(typed, new Set(value))}
        onPick={async (ids) => onChange([...value, ...ids])}
        action={t('common.add')}
        emptyText={t('applications.access.nobodyLeft')}
      />
    </Input.Wrapper>
  );
};
