/** Chooses several of what the server lists: people for a role, scopes for an application, members of an organization. */
import { Box, Button, Checkbox, Group, Modal, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useT } from '@/i18n/I18n';
import { ErrorState } from './ErrorState';
import { LinesLoading } from './Loading';

export type Choice = { id: string; label: string; detail?: ReactNode; isDisabled?: boolean };

type Props = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  searchLabel: string;
  /** Part of the cache's key; the search is added to it. */
  queryKey: QueryKey;
  /** The candidates for what was typed; without those that are there already. */
  load: (search: string) => Promise<Choice[]>;
  /** Does it, with the ids. The dialog stays open when this fails. */
  onPick: (ids: string[]) => Promise<unknown>;
  /** The verb on the button; it gets the number behind it. */
  action: string;
  /** Said when nothing can be chosen, such as "everybody has this role". */
  emptyText: string;
};

export const PickDialog = ({ isOpen, onClose, title, ...props }: Props) => (
  <Modal opened={isOpen} onClose={onClose} title={title} size="lg" centered>
    <Picker onClose={onClose} {...props} />
  </Modal>
);

const Picker = ({
  onClose,
  description,
  searchLabel,
  queryKey,
  load,
  onPick,
  action,
  emptyText,
}: Omit<Props, 'isOpen' | 'title'>) => {
  const t = useT();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 200);
  const [picked, setPicked] = useState<string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const query = useQuery({ queryKey: [...queryKey, search], queryFn: () => load(search), placeholderData: keepPreviousData });
  const submit = async () => {
    setBusy(true);
    try {
      await onPick(picked);
      onClose();
    } catch {
      setBusy(false);
    }
  };
  return (
    <Stack gap="md">
      {description && (
        <Text size="sm" c="dimmed" component="div">
          {description}
        </Text>
      )}
      <TextInput
        type="search"
        aria-label={searchLabel}
        placeholder={searchLabel}
        leftSection={<IconSearch size={16} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        data-autofocus
      />
      <ScrollArea.Autosize mah={360} mih={140} type="auto" scrollbars="y">
        {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <LinesLoading lines={4} />}
        {query.data?.length === 0 && (
          <Text c="dimmed" size="sm" ta="center" py="xl">
            {typed ? t('common.noMatch.title') : emptyText}
          </Text>
        )}
        <Checkbox.Group value={picked} onChange={setPicked} aria-label={searchLabel}>
          <Stack gap={2}>
            {query.data?.map(({ id, label, detail, isDisabled }) => (
              <Checkbox
                key={id}
                value={id}
                disabled={isDisabled ?? false}
                p="xs"
                label={
                  <Box>
                    <Text size="sm" fw={500} className="breakable">
                      {label}
                    </Text>
                    {detail && (
                      <Text size="xs" c="dimmed" component="div" className="breakable">
                        {detail}
                      </Text>
                    )}
                  </Box>
                }
              />
            ))}
          </Stack>
        </Checkbox.Group>
      </ScrollArea.Autosize>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button onClick={submit} disabled={picked.length === 0} loading={isBusy}>
          {picked.length === 0 ? action : `${action} (${picked.length})`}
        </Button>
      </Group>
    </Stack>
  );
};
