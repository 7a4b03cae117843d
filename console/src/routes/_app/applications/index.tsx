/** All applications. */
import { Badge, Group, Select, Text } from '@mantine/core';
import { IconBox, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { CopyableText } from '@/components/CopyButton';
import { type Column, DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { AnchorLink, ButtonLink } from '@/components/links';
import { listSearch, useListState } from '@/components/listState';
import { PageHeader } from '@/components/PageHeader';
import { SearchField } from '@/components/SearchField';
import { Time } from '@/components/Time';
import { ApplicationIcon } from '@/features/applications/ApplicationIcon';
import { type Application, applicationTypes } from '@/features/applications/application';
import { applicationsQuery, thirdParty } from '@/features/applications/queries';
import { useT } from '@/i18n/I18n';

const ApplicationsPage = () => {
  const t = useT();
  const navigate = useNavigate();
  const query = useQuery(applicationsQuery(Route.useSearch()));
  const createButton = (
    <ButtonLink to="/applications/create" leftSection={<IconPlus size={16} />}>
      {t('applications.create')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title={t('applications.title')} description={t('applications.description')} actions={createButton} />
      <DataTable
        label={t('applications.title')}
        query={query}
        columns={useColumns()}
        rowKey={({ id }) => id}
        onRowClick={({ id }) => void navigate({ to: '/applications/$id', params: { id } })}
        filters={['type']}
        toolbar={
          <>
            <SearchField placeholder={t('applications.search')} />
            <TypeFilter />
          </>
        }
        empty={
          <EmptyState icon={IconBox} title={t('applications.empty.title')} description={t('applications.empty.description')}>
            {createButton}
          </EmptyState>
        }
      />
    </>
  );
};

const TypeFilter = () => {
  const t = useT();
  const { filter, setFilter } = useListState();
  const types = applicationTypes.map((type) => ({ value: type as string, label: t(`applications.types.${type}`) }));
  return (
    <Select
      aria-label={t('applications.filter')}
      placeholder={t('applications.allTypes')}
      data={[...types, { value: thirdParty, label: t('applications.thirdParty') }]}
      value={filter('type') ?? null}
      onChange={(type) => setFilter('type', type)}
      clearable
      w={{ base: '100%', sm: 220 }}
    />
  );
};

const useColumns = (): Column<Application>[] => {
  const t = useT();
  return [
    {
      id: 'name',
      header: t('applications.fields.name'),
      cell: ({ id, name, type, isThirdParty }) => (
        <Group gap="sm" wrap="nowrap">
          <ApplicationIcon type={type} />
          <div>
            <Group gap="xs">
              <AnchorLink to="/applications/$id" params={{ id }} fw={600} size="sm" className="breakable">
                {name}
              </AnchorLink>
              {isThirdParty && (
                <Badge size="sm" variant="light" color="gray">
                  {t('applications.thirdParty')}
                </Badge>
              )}
            </Group>
            <Text size="xs" c="dimmed">
              {t.maybe(`applications.types.${type}`) ?? type}
            </Text>
          </div>
        </Group>
      ),
    },
    {
      id: 'id',
      header: t('applications.fields.id'),
      isOptional: true,
      cell: ({ id }) => <CopyableText value={id} label={t('applications.fields.id')} />,
    },
    {
      id: 'created',
      header: t('common.created'),
      isOptional: true,
      width: 160,
      cell: ({ createdAt }) => (
        <Text size="sm" c="dimmed" component="div">
          <Time at={createdAt} withTime={false} />
        </Text>
      ),
    },
  ];
};

export const Route = createFileRoute('/_app/applications/')({
  validateSearch: listSearch('type'),
  component: ApplicationsPage,
});
