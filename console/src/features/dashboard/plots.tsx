/** The plots of the dashboard: from the server's hours to marks, colours and words. */
import type { Shape } from '@/api/client';
import { inGroups } from '@/components/chartScale';
import { AnchorLink } from '@/components/links';
import { useI18n, useT } from '@/i18n/I18n';
import { Plot } from './Plot';
import { momentName, type Range, ranges } from './range';
import { scriptMarks } from './scriptMarks';

/** Seen on white and on the dark ground, and told apart without telling red from green. */
const colors = {
  first: 'light-dark(#0f7669, #3fb59d)',
  second: 'light-dark(#5b7fd0, #86a5ec)',
  bad: 'light-dark(#d9662f, #f09a6b)',
};

type OfHours<Hour> = { hours: Hour[] | undefined; range: Range };

/** Sums of each mark, and what the marks are called. */
const useMarks = <Hour extends { hour: number }>(hours: Hour[] | undefined, range: Range) => {
  const { tag } = useI18n();
  const groups = inGroups(hours ?? [], ranges[range].perMark);
  return {
    moments: groups.map(([{ hour }]) => momentName(hour, range, tag)),
    sums: (of: (hour: Hour) => number) => groups.map((group) => group.reduce((sum, hour) => sum + of(hour), 0)),
  };
};

export const TokensPlot = ({ hours, range }: OfHours<Shape<'TokensOfHour'>>) => {
  const t = useT();
  const { moments, sums } = useMarks(hours, range);
  const series = [
    { id: 'user', label: t('dashboard.tokens.people'), color: colors.first, values: sums(({ user }) => user) },
    { id: 'machine', label: t('dashboard.tokens.machines'), color: colors.second, values: sums(({ machine }) => machine) },
    { id: 'failed', label: t('dashboard.tokens.refused'), color: colors.bad, values: sums(({ failed }) => failed) },
  ];
  return (
    <Plot
      title={t('dashboard.tokens.title')}
      description={t('dashboard.tokens.description')}
      chart={hours && { kind: 'bars', moments, series }}
      empty={t('dashboard.tokens.empty')}
    />
  );
};

export const SignInsPlot = ({ hours, range }: OfHours<Shape<'SignInsOfHour'>>) => {
  const t = useT();
  const { moments, sums } = useMarks(hours, range);
  const series = [
    { id: 'signIns', label: t('dashboard.signIns.signIns'), color: colors.first, values: sums(({ signIns }) => signIns) },
    {
      id: 'new',
      label: t('dashboard.signIns.registrations'),
      color: colors.second,
      values: sums(({ registrations }) => registrations),
    },
    { id: 'failed', label: t('dashboard.signIns.failed'), color: colors.bad, values: sums(({ failed }) => failed) },
  ];
  return (
    <Plot
      title={t('dashboard.signIns.title')}
      description={t('dashboard.signIns.description')}
      chart={hours && { kind: 'bars', moments, series }}
      empty={t('dashboard.signIns.empty')}
    />
  );
};

export const ScriptPlots = ({ scripts, range }: { scripts: Shape<'ScriptStatistics'>[] | undefined; range: Range }) => {
  const t = useT();
  const { tag } = useI18n();
  const all = scripts?.map(({ hours }) => hours) ?? [];
  const marks = scriptMarks(all, ranges[range].perMark);
  const moments = marks.map(({ at }) => momentName(at, range, tag));
  const runs = [
    {
      id: 'succeeded',
      label: t('dashboard.scripts.succeeded'),
      color: colors.first,
      values: marks.map(({ succeeded }) => succeeded),
    },
    { id: 'denied', label: t('dashboard.scripts.denied'), color: colors.second, values: marks.map(({ denied }) => denied) },
    { id: 'failed', label: t('dashboard.scripts.failed'), color: colors.bad, values: marks.map(({ failed }) => failed) },
  ];
  const latency = [
    { id: 'p50', label: t('dashboard.scripts.median'), color: colors.first, values: marks.map(({ p50 }) => p50) },
    { id: 'p99', label: t('dashboard.scripts.slow'), color: colors.bad, values: marks.map(({ p99 }) => p99) },
  ];
  const empty = t.rich('dashboard.scripts.empty', {
    link: (
      <AnchorLink to="/customize-jwt" underline="always">
        {t('dashboard.scripts.write')}
      </AnchorLink>
    ),
  });
  return (
    <>
      <Plot
        title={t('dashboard.scripts.latencyTitle')}
        description={t('dashboard.scripts.latencyDescription')}
        chart={scripts && { kind: 'lines', unit: 'ms', moments, series: latency }}
        empty={empty}
      />
      <Plot
        title={t('dashboard.scripts.runsTitle')}
        description={t('dashboard.scripts.runsDescription')}
        chart={scripts && { kind: 'bars', moments, series: runs }}
        empty={empty}
      />
    </>
  );
};

export const ActiveUsersPlot = ({ days }: { days: Shape<'ActiveUsersOfDay'>[] | undefined }) => {
  const t = useT();
  const { tag } = useI18n();
  // The server's days are those of UTC, and so are their names.
  const name = new Intl.DateTimeFormat(tag, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const moments = days?.map(({ date }) => name.format(new Date(`${date}T00:00:00Z`))) ?? [];
  const series = [
    { id: 'active', label: t('dashboard.active.count'), color: colors.first, values: days?.map(({ count }) => count) ?? [] },
  ];
  return (
    <Plot
      isWide
      title={t('dashboard.active.title')}
      description={t('dashboard.active.description')}
      chart={days && { kind: 'bars', moments, series }}
      empty={t('dashboard.active.empty')}
    />
  );
};
