/** What somebody or something has, with a dialog that adds more of it: the roles of a user, the permissions of a role. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ComponentProps, useState } from 'react';
import { DataTable } from './DataTable';
import { EmptyState } from './EmptyState';
import { PickDialog } from './PickDialog';
import { SearchField } from './SearchField';

type Props<Row extends { id: string }> = Pick<ComponentProps<typeof DataTable<Row>>, 'label' | 'query' | 'columns'> & {
  icon: ComponentProps<typeof EmptyState>['icon'];
  emptyTitle: string;
  emptyDescription: string;
  /** In the list, and in the dialog. */
  searchLabel: string;
  /** The verb that opens the dialog, and does it there. */
  addLabel: string;
  candidates: Pick<ComponentProps<typeof PickDialog>, 'queryKey' | 'load' | 'onPick' | 'emptyText'>;
};

export const AssignedList = <Row extends { id: string }>(props: Props<Row>) => {
  const { label, query, columns, icon, emptyTitle, emptyDescription, searchLabel, addLabel, candidates } = props;
  const [isAdding, setAdding] = useState(false);
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {addLabel}
    </Button>
  );
  return (
    <>
      <DataTable
        label={label}
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        toolbar={
          <>
            <SearchField placeholder={searchLabel} />
            {addButton}
          </>
        }
        empty={
          <EmptyState icon={icon} title={emptyTitle} description={emptyDescription}>
            {addButton}
          </EmptyState>
        }
      />
      <PickDialog
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        title={addLabel}
        searchLabel={searchLabel}
        action={addLabel}
        {...candidates}
      />
    </>
  );
};
