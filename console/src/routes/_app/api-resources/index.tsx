/** All API resources. */
import { Badge, Button, Group, Text } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { managementApi } from '@/auth/client';
import { CopyableText } from '@/components/CopyButton';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink } from '@/components/links';
import { listSearch } from '@/components/listState';
import { PageHeader } from '@/components/PageHeader';
import { CreateApiResource } from '@/features/apiResources/CreateApiResource';
import { type ApiResource, apiResourcesQuery } from '@/features/apiResources/queries';
import { useT } from '@/i18n/I18n';

const ApiResourcesPage = () => {
  const t = useT();
  const navigate = useNavigate();
  const query = useQuery(apiResourcesQuery(Route.useSearch()));
  const [isCreating, setCreating] = useState(false);
  const open = ({ id }: ApiResource) => void navigate({ to: '/api-resources/$id', params: { id } });
  const createButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {t('apiResources.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('apiResources.title')} description={t('apiResources.description')} actions={createButton} />
      <DataTable
        label={t('apiResources.title')}
        query={query}
        columns={useColumns()}
        rowKey={({ id }) => id}
        onRowClick={open}
        empty={
          <EmptyState
            icon={IconPlugConnected}
            title={t('apiResources.empty.title')}
            description={t('apiResources.empty.description')}
          >
            {createButton}
          </EmptyState>
        }
      />
      <CreateApiResource isOpen={isCreating} onClose={() => setCreating(false)} onCreated={open} />
    </>
  );
};

const useColumns = (): Column<ApiResource>[] => {
  const t = useT();
  return [
    {
      id: 'name',
      header: t('apiResources.columns.name'),
      cell: ({ id, name, indicator, isDefault }) => (
        <Group gap="xs">
          <AnchorLink to="/api-resources/$id" params={{ id }} fw={600} size="sm" className="breakable">
            {name}
          </AnchorLink>
          {isDefault && (
            <Badge size="sm" variant="light">
              {t('apiResources.defaultBadge')}
            </Badge>
          )}
          {indicator === managementApi && (
            <Badge size="sm" variant="light" color="gray">
              {t('apiResources.managementBadge')}
            </Badge>
          )}
        </Group>
      ),
    },
    {
      id: 'indicator',
      header: t('apiResources.columns.indicator'),
      cell: ({ indicator }) => <CopyableText value={indicator} label={t('apiResources.fields.indicator')} />,
    },
    {
      id: 'permissions',
      header: t('apiResources.columns.permissions'),
      isOptional: true,
      width: 160,
      cell: ({ scopes = [] }) => (
        <Text size="sm" c="dimmed">
          {t('apiResources.permissionCount', { count: scopes.length })}
        </Text>
      ),
    },
  ];
};

export const Route = createFileRoute('/_app/api-resources/')({ validateSearch: listSearch(), component: ApiResourcesPage });
