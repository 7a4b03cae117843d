/** Hours of script runs put together into the marks of a plot. */
import { inGroups } from '@/components/chartScale';

export type ScriptHour = {
  hour: number;
  runs: number;
  failures: number;
  denials: number;
  p50Ms?: number | null;
  p99Ms?: number | null;
};

export type ScriptMark = {
  at: number;
  succeeded: number;
  failed: number;
  denied: number;
  p50: number | null;
  p99: number | null;
};

/**
 * Percentiles of hours cannot be added up. The median of a mark is the mean of its hours' medians, weighed by their runs;
 * its 99th percentile is that of its worst hour, so that nothing slow is hidden.
 */
export const scriptMarks = (scripts: ScriptHour[][], perMark: number): ScriptMark[] => {
  const hours = scripts[0]?.map((_, index) => scripts.flatMap((all) => all[index] ?? [])) ?? [];
  return inGroups(hours, perMark).map((group) => {
    const all = group.flat();
    const sum = (of: (hour: ScriptHour) => number) => all.reduce((total, hour) => total + of(hour), 0);
    const [runs, failed, denied] = [
      sum(({ runs: count }) => count),
      sum(({ failures }) => failures),
      sum(({ denials }) => denials),
    ];
    const slowest = all.flatMap(({ p99Ms }) => p99Ms ?? []);
    return {
      at: group[0][0]?.hour ?? 0,
      succeeded: Math.max(0, runs - failed - denied),
      failed,
      denied,
      p50: runs > 0 ? sum((hour) => (hour.p50Ms ?? 0) * hour.runs) / runs : null,
      p99: slowest.length > 0 ? Math.max(...slowest) : null,
    };
  });
};
