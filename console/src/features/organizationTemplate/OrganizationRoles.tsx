/** The tab with the organization roles. */
import { Badge, Button, Text } from '@mantine/core';
import { IconPlus, IconShieldLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink } from '@/components/links';
import { useListState } from '@/components/listState';
import { SearchField } from '@/components/SearchField';
import { useT } from '@/i18n/I18n';
import { CreateOrganizationRole } from './CreateOrganizationRole';
import { type ListedOrganizationRole, organizationRolesQuery } from './queries';

export const OrganizationRoles = () => {
  const t = useT();
  const navigate = useNavigate();
  const { q, page } = useListState();
  const query = useQuery(organizationRolesQuery({ q, page }));
  const [isCreating, setCreating] = useState(false);
  const open = ({ id }: { id: string }) => void navigate({ to: '/organization-template/roles/$id', params: { id } });
  const createButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {t('organizationTemplate.roles.create')}
    </Button>
  );
  return (
    <>
      <DataTable
        label={t('organizationTemplate.tabs.roles')}
        query={query}
        columns={useColumns()}
        rowKey={({ id }) => id}
        onRowClick={open}
        toolbar={
          <>
            <SearchField placeholder={t('organizationTemplate.roles.search')} />
            {createButton}
          </>
        }
        empty={
          <EmptyState
            icon={IconShieldLock}
            title={t('organizationTemplate.roles.empty.title')}
            description={t('organizationTemplate.roles.empty.description')}
          >
            {createButton}
          </EmptyState>
        }
      />
      <CreateOrganizationRole isOpen={isCreating} onClose={() => setCreating(false)} onCreated={open} />
    </>
  );
};

const useColumns = (): Column<ListedOrganizationRole>[] => {
  const t = useT();
  return [
    {
      id: 'name',
      header: t('organizationTemplate.roles.name'),
      cell: ({ id, name }) => (
        <AnchorLink to="/organization-template/roles/$id" params={{ id }} fw={600} size="sm" className="breakable">
          {name}
        </AnchorLink>
      ),
    },
    {
      id: 'type',
      header: t('common.type'),
      width: 140,
      cell: ({ type }) => <RoleType type={type} />,
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
      id: 'permissions',
      header: t('organizationTemplate.roles.permissions'),
      isOptional: true,
      width: 150,
      cell: ({ scopes, resourceScopes }) => (
        <Text size="sm" c="dimmed" className="numbers">
          {scopes.length + resourceScopes.length}
        </Text>
      ),
    },
  ];
};

export const RoleType = ({ type }: { type: string }) => {
  const t = useT();
  const isForMachines = type === 'MachineToMachine';
  return (
    <Badge variant="light" color={isForMachines ? 'gray' : 'signet'} miw="max-content">
      {t(isForMachines ? 'organizationTemplate.types.MachineToMachine' : 'organizationTemplate.types.User')}
    </Badge>
  );
};
