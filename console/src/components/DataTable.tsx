/**
 * A list that the server pages: its search and filters above, rows that lead somewhere, pages below; and what is shown
 * while it loads, when it is empty, when nothing matches and when it failed.
 */
import { Box, Button, Group, Pagination, Skeleton, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
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
  /** Left out on phones, where a row is a card: its first cell on top, the others below it with their headers. */
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
  const { toolbar, filters = [], query, isFramed = true } = props;
  const { q, page, filter } = useListState();
  const isNarrowed = q !== '' || filters.some((name) => filter(name) !== undefined);
  // Where there is nothing, there is nothing to search, and what is shown instead has the button that makes the first one.
  const isVacant = query.data?.items.length === 0 && page === 1 && !isNarrowed;
  const content = (
    <>
      {toolbar && !isVacant && (
        <Group p="md" gap="sm" className={classes.toolbar}>
          {toolbar}
        </Group>
      )}
      <Content {...props} isNarrowed={isNarrowed} />
    </>
  );
  return isFramed ? <Surface style={{ overflow: 'hidden' }}>{content}</Surface> : content;
};

const Content = <Row,>({ query, filters = [], empty, isNarrowed, ...props }: Props<Row> & { isNarrowed: boolean }) => {
  const { page, setPage } = useListState();
  const pages = pagesOf(query.data?.total, props.size);
  // The last row of a page was deleted, or a link is old: the page before has something to show.
  const isBeyond = !query.isPlaceholderData && page > pages;
  useEffect(() => {
    if (isBeyond) setPage(pages, true);
  }, [isBeyond, pages, setPage]);
  if (query.error && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data?.items.length === 0 && page === 1) return isNarrowed ? <NoMatch filters={filters} /> : empty;
  return (
    <>
      <Rows {...props} rows={query.data?.items} isStale={query.isPlaceholderData} />
      {query.data && <Pages total={query.data.total} size={props.size ?? pageSize} />}
    </>
  );
};

/** As long as nobody knows how many there are, any page may be one of them. */
const pagesOf = (total: number | undefined, size = pageSize) =>
  total === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.ceil(total / size));

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
      {/* The roles are said again because the cards of phones take them away. */}
      <Table
        role="table"
        className={classes.table}
        verticalSpacing="sm"
        horizontalSpacing="md"
        aria-label={label}
        aria-busy={!rows}
        style={{ opacity: isStale ? 0.6 : 1 }}
      >
        <Table.Thead role="rowgroup" className={classes.heads}>
          <Table.Tr role="row">
            {columns.map((column) => (
              <Table.Th key={column.id} role="columnheader" w={column.width} className={classes.head} {...place(column)}>
                {column.header === '' ? <VisuallyHidden>{t('common.actions')}</VisuallyHidden> : column.header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {rows?.map((row) => (
            <Table.Tr
              key={rowKey(row)}
              role="row"
              className={onRowClick && classes.clickable}
              onClick={onRowClick && ((event) => !isInteractive(event.target) && onRowClick(row))}
            >
              {columns.map((column) => (
                <Table.Td key={column.id} role="cell" className={column.header === '' ? classes.buttons : ''} {...place(column)}>
                  {typeof column.header === 'string' && column.header !== '' && (
                    <span aria-hidden className={classes.label}>
                      {column.header}
                    </span>
                  )}
                  <div className={classes.value}>{column.cell(row)}</div>
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
  const pages = pagesOf(total, size);
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
