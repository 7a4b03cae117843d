/** Columns that many lists have. */
import { ActionIcon, Text, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Translate } from '@/i18n/I18n';
import type { Column } from './DataTable';

export const descriptionColumn = (t: Translate): Column<{ description?: string | null }> => ({
  id: 'description',
  header: t('common.description'),
  isOptional: true,
  cell: ({ description }) => (
    <Text size="sm" c="dimmed">
      {description || '–'}
    </Text>
  ),
});

/** The button that takes a row out of the list; what it is about stays elsewhere. */
export const removeColumn = <Row extends { name: string }>(t: Translate, onRemove: (row: Row) => unknown): Column<Row> => ({
  id: 'actions',
  header: '',
  width: 56,
  cell: (row) => (
    <Tooltip label={t('common.remove')} withArrow>
      <ActionIcon
        variant="subtle"
        color="gray"
        onClick={() => void onRemove(row)}
        aria-label={t('common.removeThis', { what: row.name })}
      >
        <IconX size={16} />
      </ActionIcon>
    </Tooltip>
  ),
});
