/** What happened lately: people, tokens, sign-ins, claims scripts. */
import { Alert, Button, Group, SegmentedControl, SimpleGrid } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useErrorText } from '@/components/ErrorText';
import { useListState } from '@/components/listState';
import { PageHeader } from '@/components/PageHeader';
import { GettingStarted } from '@/features/dashboard/GettingStarted';
import { ActiveUsersPlot, ScriptPlots, SignInsPlot, TokensPlot } from '@/features/dashboard/plots';
import { seriesQuery, usersQuery } from '@/features/dashboard/queries';
import { isRange, type Range, ranges } from '@/features/dashboard/range';
import { UserTiles } from '@/features/dashboard/UserTiles';
import { useT } from '@/i18n/I18n';

const DashboardPage = () => {
  const t = useT();
  const errorText = useErrorText();
  const { setFilter } = useListState();
  const { range = 'day' } = Route.useSearch();
  const users = useQuery(usersQuery);
  const series = useQuery(seriesQuery(range));
  const error = users.error ?? series.error;
  const choice = (
    <SegmentedControl
      aria-label={t('dashboard.range')}
      value={range}
      onChange={(chosen) => setFilter('range', chosen === 'day' ? undefined : chosen)}
      data={Object.entries(ranges).map(([value, { label }]) => ({ value, label: t(label) }))}
    />
  );
  return (
    <>
      <PageHeader title={t('dashboard.title')} description={t('dashboard.description')} actions={choice} />
      <GettingStarted />
      {error && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} mb="lg" title={t('dashboard.failed')} role="alert">
          <Group justify="space-between">
            {errorText(error)}
            <Button size="xs" variant="default" onClick={() => void Promise.all([users.refetch(), series.refetch()])}>
              {t('common.retry')}
            </Button>
          </Group>
        </Alert>
      )}
      <UserTiles users={users.data} isFailed={users.isError} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg" mt="lg">
        {!series.isError && (
          <>
            <TokensPlot hours={series.data?.tokens} range={range} />
            <SignInsPlot hours={series.data?.signIns} range={range} />
          </>
        )}
        {!users.isError && <ActiveUsersPlot days={users.data?.active.dauCurve} />}
        {!series.isError && <ScriptPlots scripts={series.data?.scripts} range={range} />}
      </SimpleGrid>
    </>
  );
};

export const Route = createFileRoute('/_app/dashboard')({
  validateSearch: ({ range }: Record<string, unknown>): { range?: Range } => (isRange(range) && range !== 'day' ? { range } : {}),
  component: DashboardPage,
});
