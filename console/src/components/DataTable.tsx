/**
 * A list that the server pages: its search and filters above, rows that lead somewhere, pages below; and what is shown
 * while it loads, when it is empty, when nothing matches and when it failed.
 */
import { Box, Button, Group, Pagination, Skeleton, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useT } from '@/i18n/I18n';
import classes from './DataTable.module.css';
import { EmptyState } from './EmptyState';
import { ErrorState } from './ErrorState';
import { pageSize, useListState } from './listState';
import { Surface } from './Surface';

export type Column<Row> = {
  /** Unique in the table; the header is a phrase and may repeat. */
  id: string;
  /** Empty above the buttons of a row. */
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  width?: string | number;
  /** Left out on narrow screens. */
  isOptional?: boolean;
  align?: 'right';
};

type Props<Row> = {
  /** What the table is, for those who hear it. */
  label: string;
  query: Pick<UseQueryResult<{ items: Row[]; total: number }>, 'data' | 'error' | 'isPending' | 'refetch' | 'isPlaceholderData'>;
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  /** What a click anywhere in the row does. The first cell should hold a link as well, for the keyboard. */
  onRowClick?: (row: Row) => void;
  /** Search and filters. */
  toolbar?: ReactNode;
  /** Names of the filters in the URL: with one of them set, an empty list means that nothing matches. */
  filters?: string[];
  /** Shown when there is nothing at all. */
  empty: ReactNode;
  /** False inside another surface, such as a tab with its own frame. */
  isFramed?: boolean;
  size?: number;
};

export const DataTable = <Row,>(props: Props<Row>) => {
  const { toolbar, isFramed = true } = props;
  const content = (
    <>
      {toolbar && (
        <Group p="md" gap="sm" className={classes.toolbar}>
          {toolbar}
        </Group>
      )}
      <Content {...props} />
    </>
  );
  return isFramed ? <Surface style={{ overflow: 'hidden' }}>{content}</Surface> : content;
};

const Content = <Row,>({ query, filters = [], empty, ...props }: Props<Row>) => {
  const state = useListState();
  const isNarrowed = state.q !== '' || filters.some((name) => state.filter(name) !== undefined);
  if (query.error && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data?.items.length === 0 && state.page === 1) return isNarrowed ? <NoMatch filters={filters} /> : empty;
  return (
    <>
      <Rows {...props} rows={query.data?.items} isStale={query.isPlaceholderData} />
      {query.data && <Pages total={query.data.total} size={props.size ?? pageSize} />}
    </>
  );
};

const NoMatch = ({ filters }: { filters: string[] }) => {
  const t = useT();
  const { clear } = useListState();
  return (
    <EmptyState icon={IconSearchOff} title={t('common.noMatch.title')} description={t('common.noMatch.description')}>
      <Button variant="default" onClick={() => clear(...filters)}>
        {t('common.noMatch.clear')}
      </Button>
    </EmptyState>
  );
};

type RowsProps<Row> = Pick<Props<Row>, 'label' | 'columns' | 'rowKey' | 'onRowClick'> & {
  rows: Row[] | undefined;
  isStale: boolean;
};

const Rows = <Row,>({ label, columns, rowKey, onRowClick, rows, isStale }: RowsProps<Row>) => {
  const t = useT();
  const place = (column: Column<Row>) => ({
    ...(column.isOptional && { visibleFrom: 'sm' as const }),
    ...(column.align && { ta: column.align }),
  });
  return (
    <Box className={classes.scroll}>
      <Table
        verticalSpacing="sm"
        horizontalSpacing="md"
        aria-label={label}
        aria-busy={!rows}
        style={{ opacity: isStale ? 0.6 : 1 }}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.id} w={column.width} className={classes.head} {...place(column)}>
                {column.header === '' ? <VisuallyHidden>{t('common.actions')}</VisuallyHidden> : column.header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows?.map((row) => (
            <Table.Tr
              key={rowKey(row)}
              className={onRowClick && classes.clickable}
              onClick={onRowClick && ((event) => !isInteractive(event.target) && onRowClick(row))}
            >
              {columns.map((column) => (
                <Table.Td key={column.id} {...place(column)}>
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
          {!rows && <RowsLoading label={t('common.loading')} columns={columns} place={place} />}
        </Table.Tbody>
      </Table>
    </Box>
  );
};

/** Links and buttons inside a row do their own thing. */
const isInteractive = (target: EventTarget) =>
  target instanceof Element && target.closest('a, button, input, label, [role=menu]') !== null;

type LoadingProps<Row> = { label: string; columns: Column<Row>[]; place: (column: Column<Row>) => object };

const RowsLoading = <Row,>({ label, columns, place }: LoadingProps<Row>) =>
  ['a', 'b', 'c', 'd', 'e'].map((row) => (
    <Table.Tr key={row} aria-label={label}>
      {columns.map((column) => (
        <Table.Td key={column.id} {...place(column)}>
          <Skeleton h={14} my={4} w="70%" />
        </Table.Td>
      ))}
    </Table.Tr>
  ));

const Pages = ({ total, size }: { total: number; size: number }) => {
  const t = useT();
  const { page, setPage } = useListState();
  const pages = Math.max(1, Math.ceil(total / size));
  if (pages === 1 && page === 1) return null;
  return (
    <Group p="md" justify="space-between" gap="sm" className={classes.pages}>
      <Text size="sm" c="dimmed" className="numbers">
        {t('common.range', { from: (page - 1) * size + 1, to: Math.min(page * size, total), total })}
      </Text>
      <Pagination
        value={page}
        onChange={setPage}
        total={pages}
        size="sm"
        aria-label={t('common.pages')}
        getItemProps={(number) => ({ 'aria-label': t('common.page', { number }) })}
        getControlProps={(control) => ({
          'aria-label': t(control === 'next' || control === 'last' ? 'common.nextPage' : 'common.previousPage'),
        })}
      />
    </Group>
  );
};
