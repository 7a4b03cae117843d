/** The tab with the permissions of an organization role: those of organizations, and those of APIs. */
import { Badge, Button, Code, Text } from '@mantine/core';
import { IconListCheck, IconPlugConnected, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionMenu } from '@/components/ActionMenu';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { PickDialog } from '@/components/PickDialog';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import {
  findApiPermissions,
  findOrganizationPermissions,
  type HeldPermission,
  heldPermissionsQuery,
  useGivePermissions,
  useTakePermission,
} from './queries';

export const RolePermissions = ({ roleId }: { roleId: string }) => {
  const t = useT();
  const query = useQuery(heldPermissionsQuery(roleId));
  const [adding, setAdding] = useState<'organization' | 'api'>();
  const buttons = (
    <>
      <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding('organization')}>
        {t('organizationTemplate.role.addOrganization')}
      </Button>
      <Button variant="default" leftSection={<IconPlugConnected size={16} />} onClick={() => setAdding('api')}>
        {t('organizationTemplate.role.addApi')}
      </Button>
    </>
  );
  const held = query.data?.items.map(({ id }) => id) ?? [];
  return (
    <>
      <DataTable
        label={t('organizationTemplate.tabs.rolePermissions')}
        query={query}
        columns={useColumns(roleId)}
        rowKey={({ id }) => id}
        size={Number.MAX_SAFE_INTEGER}
        toolbar={held.length > 0 && buttons}
        empty={
          <EmptyState
            icon={IconListCheck}
            title={t('organizationTemplate.role.empty.title')}
            description={t('organizationTemplate.role.empty.description')}
          >
            {buttons}
          </EmptyState>
        }
      />
      <Pick roleId={roleId} kind={adding} held={held} onClose={() => setAdding(undefined)} />
    </>
  );
};

type PickProps = { roleId: string; kind: 'organization' | 'api' | undefined; held: string[]; onClose: () => void };

const Pick = ({ roleId, kind, held, onClose }: PickProps) => {
  const t = useT();
  const give = useGivePermissions(roleId);
  const ofApis = kind === 'api';
  const find = ofApis ? findApiPermissions : findOrganizationPermissions;
  return (
    <PickDialog
      isOpen={kind !== undefined}
      onClose={onClose}
      title={t(ofApis ? 'organizationTemplate.role.addApi' : 'organizationTemplate.role.addOrganization')}
      searchLabel={t('organizationTemplate.permissions.search')}
      queryKey={['organization-template', 'candidates', roleId, kind]}
      load={(search) => find(held, search)}
      onPick={async (ids) => {
        await give.mutateAsync({ ids, ofApis });
        toast(t('organizationTemplate.role.added', { count: ids.length }));
      }}
      action={t('common.add')}
      emptyText={t(ofApis ? 'organizationTemplate.role.noApiLeft' : 'organizationTemplate.role.noOrganizationLeft')}
    />
  );
};

const useColumns = (roleId: string): Column<HeldPermission>[] => {
  const t = useT();
  const { mutateAsync } = useTakePermission(roleId);
  // Giving it back is two clicks, so nobody is asked.
  const remove = async (permission: HeldPermission) => {
    await mutateAsync(permission);
    toast(t('organizationTemplate.role.taken', { name: permission.name }));
  };
  return [
    {
      id: 'name',
      header: t('organizationTemplate.permissions.name'),
      cell: ({ name }) => <Code className="breakable">{name}</Code>,
    },
    {
      id: 'description',
      header: t('common.description'),
      isOptional: true,
      cell: ({ description }) => (
        <Text size="sm" c="dimmed">
          {description || '–'}
        </Text>
      ),
    },
    {
      id: 'of',
      header: t('organizationTemplate.role.of'),
      cell: ({ api }) => (
        <Badge variant="light" color={api === undefined ? 'signet' : 'gray'} tt="none">
          {api ?? t('organizationTemplate.role.ofOrganization')}
        </Badge>
      ),
    },
    {
      id: 'actions',
      header: '',
      width: 56,
      cell: (permission) => (
        <ActionMenu
          label={permission.name}
          actions={[
            {
              label: t('organizationTemplate.role.take'),
              icon: IconTrash,
              isDangerous: true,
              onClick: () => void remove(permission),
            },
          ]}
        />
      ),
    },
  ];
};
