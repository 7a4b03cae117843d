/** A list of permissions that are made, changed and deleted in it. */
import { Button, Code } from '@mantine/core';
import { IconEdit, IconListCheck, IconPlus, IconTrash } from '@tabler/icons-react';
import { type ComponentProps, useState } from 'react';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { descriptionColumn } from '@/components/columns';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { SearchField } from '@/components/SearchField';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { PermissionDialog } from './PermissionDialog';
import type { Permission, PermissionDraft, Subject } from './permission';

type Props<Row extends Permission> = {
  subject: Subject;
  query: ComponentProps<typeof DataTable<Row>>['query'];
  onSave: (permission: PermissionDraft) => Promise<unknown>;
  onDelete: (id: string) => Promise<unknown>;
  /** Between the description and the actions. */
  columns?: Column<Row>[];
  isReadOnly?: boolean;
};

export const PermissionList = <Row extends Permission>({ subject, query, onSave, onDelete, ...props }: Props<Row>) => {
  const { columns = [], isReadOnly = false } = props;
  const t = useT();
  const [edited, setEdited] = useState<Permission | 'new'>();
  const remove = useRemove(subject, onDelete);
  const createButton = !isReadOnly && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t(`${subject}.permissions.create`)}
    </Button>
  );
  const actions: Column<Row> = {
    id: 'actions',
    header: '',
    width: 56,
    cell: (permission) => (
      <ActionMenu
        label={permission.name}
        actions={[
          { label: t('common.edit'), icon: IconEdit, onClick: () => setEdited(permission) },
          { label: t('common.delete'), icon: IconTrash, isDangerous: true, onClick: () => void remove(permission) },
        ]}
      />
    ),
  };
  return (
    <>
      <DataTable
        label={t(`${subject}.tabs.permissions`)}
        query={query}
        columns={[
          { id: 'name', header: t(`${subject}.permissions.name`), cell: ({ name }) => <Code className="breakable">{name}</Code> },
          descriptionColumn(t),
          ...columns,
          ...(isReadOnly ? [] : [actions]),
        ]}
        rowKey={({ id }) => id}
        toolbar={
          <>
            <SearchField placeholder={t(`${subject}.permissions.search`)} />
            {createButton}
          </>
        }
        empty={
          <EmptyState
            icon={IconListCheck}
            title={t(`${subject}.permissions.empty.title`)}
            description={t(`${subject}.permissions.empty.description`)}
          >
            {createButton}
          </EmptyState>
        }
      />
      <PermissionDialog subject={subject} edited={edited} onClose={() => setEdited(undefined)} onSave={onSave} />
    </>
  );
};

const useRemove = (subject: Subject, onDelete: (id: string) => Promise<unknown>) => {
  const t = useT();
  const confirm = useConfirm();
  return async ({ id, name }: Permission) => {
    const isSure = await confirm({
      title: t(`${subject}.permissions.deleteTitle`, { name }),
      message: t(`${subject}.permissions.deleteMessage`),
      action: t('common.delete'),
    });
    if (!isSure) return;
    await onDelete(id);
    toast(t(`${subject}.permissions.deleted`, { name }));
  };
};
