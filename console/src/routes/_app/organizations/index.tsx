/** All organizations. */
import { Avatar, Box, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconBuilding, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { CopyableText } from '@/components/CopyButton';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink, ButtonLink } from '@/components/links';
import { listSearch } from '@/components/listState';
import { PageHeader } from '@/components/PageHeader';
import { SearchField } from '@/components/SearchField';
import { Time } from '@/components/Time';
import { CreateOrganization } from '@/features/organizations/CreateOrganization';
import { type ListedOrganization, organizationsQuery } from '@/features/organizations/queries';
import { useT } from '@/i18n/I18n';

const OrganizationsPage = () => {
  const t = useT();
  const navigate = useNavigate();
  const query = useQuery(organizationsQuery(Route.useSearch()));
  const [isCreating, setCreating] = useState(false);
  const open = ({ id }: { id: string }) => void navigate({ to: '/organizations/$id', params: { id } });
  const createButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {t('organizations.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('organizations.title')} description={t('organizations.description')} actions={createButton} />
      <DataTable
        label={t('organizations.title')}
        query={query}
        columns={useColumns()}
        rowKey={({ id }) => id}
        onRowClick={open}
        toolbar={<SearchField placeholder={t('organizations.search')} />}
        empty={
          <EmptyState
            icon={IconBuilding}
            title={t('organizations.empty.title')}
            description={t('organizations.empty.description')}
          >
            {createButton}
            <ButtonLink to="/organization-template" variant="default">
              {t('organizations.empty.template')}
            </ButtonLink>
          </EmptyState>
        }
      />
      <CreateOrganization isOpen={isCreating} onClose={() => setCreating(false)} onCreated={open} />
    </>
  );
};

const useColumns = (): Column<ListedOrganization>[] => {
  const t = useT();
  return [
    {
      id: 'name',
      header: t('organizations.columns.name'),
      cell: ({ id, name, description }) => (
        <Box>
          <AnchorLink to="/organizations/$id" params={{ id }} fw={600} size="sm" className="breakable">
            {name}
          </AnchorLink>
          {description && (
            <Text size="xs" c="dimmed" lineClamp={1}>
              {description}
            </Text>
          )}
        </Box>
      ),
    },
    {
      id: 'id',
      header: t('organizations.fields.id'),
      isOptional: true,
      cell: ({ id }) => <CopyableText value={id} label={t('organizations.fields.id')} />,
    },
    {
      id: 'members',
      header: t('organizations.columns.members'),
      cell: (organization) => <Featured {...organization} />,
    },
    {
      id: 'created',
      header: t('common.created'),
      isOptional: true,
      cell: ({ createdAt }) => <Time at={createdAt} withTime={false} />,
    },
  ];
};

/** A few faces, and how many there are. */
const Featured = ({ usersCount, featuredUsers }: Pick<ListedOrganization, 'usersCount' | 'featuredUsers'>) => (
  <Group gap="xs" wrap="nowrap">
    {featuredUsers.length > 0 && (
      <Avatar.Group spacing="xs" visibleFrom="xs">
        {featuredUsers.map(({ id, name, avatar }) => (
          <Tooltip key={id} label={name ?? id} withArrow>
            <Avatar src={avatar || null} name={name ?? id} color="signet" size={26} alt="" />
          </Tooltip>
        ))}
      </Avatar.Group>
    )}
    <Text size="sm" c="dimmed" className="numbers">
      {usersCount}
    </Text>
  </Group>
);

export const Route = createFileRoute('/_app/organizations/')({ validateSearch: listSearch(), component: OrganizationsPage });
