/** All roles. */
import { Badge, Button, Group, Select, Text } from '@mantine/core';
import { IconPlus, IconShieldLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink } from '@/components/links';
import { listSearch, useListState } from '@/components/listState';
import { PageHeader } from '@/components/PageHeader';
import { SearchField } from '@/components/SearchField';
import { CreateRole } from '@/features/roles/CreateRole';
import { isForMachines, type ListedRole, type Role, rolesQuery, roleTypes } from '@/features/roles/queries';
import { useT } from '@/i18n/I18n';

const RolesPage = () => {
  const t = useT();
  const navigate = useNavigate();
  const query = useQuery(rolesQuery(Route.useSearch()));
  const [isCreating, setCreating] = useState(false);
  const open = ({ id }: Pick<Role, 'id'>) => void navigate({ to: '/roles/$id', params: { id } });
  const createButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {t('roles.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('roles.title')} description={t('roles.description')} actions={createButton} />
      <DataTable
        label={t('roles.title')}
        query={query}
        columns={useColumns()}
        rowKey={({ id }) => id}
        onRowClick={open}
        filters={['type']}
        toolbar={
          <>
            <SearchField placeholder={t('roles.search')} />
            <TypeFilter />
          </>
        }
        empty={
          <EmptyState icon={IconShieldLock} title={t('roles.empty.title')} description={t('roles.empty.description')}>
            {createButton}
          </EmptyState>
        }
      />
      <CreateRole isOpen={isCreating} onClose={() => setCreating(false)} onCreated={open} />
    </>
  );
};

const TypeFilter = () => {
  const t = useT();
  const { filter, setFilter } = useListState();
  return (
    <Select
      aria-label={t('roles.filter')}
      placeholder={t('roles.allTypes')}
      data={roleTypes.map((type) => ({ value: type as string, label: t(`roles.types.${type}`) }))}
      value={filter('type') ?? null}
      onChange={(type) => setFilter('type', type)}
      clearable
      w={{ base: '100%', sm: 220 }}
    />
  );
};

const useColumns = (): Column<ListedRole>[] => {
  const t = useT();
  return [
    {
      id: 'name',
      header: t('roles.fields.name'),
      cell: ({ id, name, isDefault }) => (
        <Group gap="xs">
          <AnchorLink to="/roles/$id" params={{ id }} fw={600} size="sm" className="breakable">
            {name}
          </AnchorLink>
          {isDefault && (
            <Badge size="sm" variant="light">
              {t('roles.defaultBadge')}
            </Badge>
          )}
        </Group>
      ),
    },
    {
      id: 'description',
      header: t('common.description'),
      isOptional: true,
      cell: ({ description }) => (
        <Text size="sm" c="dimmed" lineClamp={2}>
          {description}
        </Text>
      ),
    },
    {
      id: 'type',
      header: t('common.type'),
      width: 170,
      isOptional: true,
      cell: (role) => <Text size="sm">{t(`roles.types.${isForMachines(role) ? 'MachineToMachine' : 'User'}`)}</Text>,
    },
    {
      id: 'holders',
      header: t('roles.holders.title'),
      width: 150,
      cell: (role) => (
        <Text size="sm" c="dimmed">
          {isForMachines(role)
            ? t('roles.holders.applications', { count: role.applicationsCount })
            : t('roles.holders.users', { count: role.usersCount })}
        </Text>
      ),
    },
  ];
};

export const Route = createFileRoute('/_app/roles/')({ validateSearch: listSearch('type'), component: RolesPage });
