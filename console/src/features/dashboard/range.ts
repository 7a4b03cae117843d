/** The ranges of time that the plots show, and how many hours go into one mark. */
import type { PhraseKey } from '@/i18n/types';

export const ranges = {
  day: { hours: 24, perMark: 1, label: 'dashboard.ranges.day' },
  week: { hours: 168, perMark: 6, label: 'dashboard.ranges.week' },
  month: { hours: 720, perMark: 24, label: 'dashboard.ranges.month' },
} as const satisfies Record<string, { hours: number; perMark: number; label: PhraseKey }>;

export type Range = keyof typeof ranges;

export const isRange = (value: unknown): value is Range => typeof value === 'string' && value in ranges;

/** How a mark is named below the plot. */
export const momentName = (at: number, range: Range, language: string) => {
  const options: Intl.DateTimeFormatOptions =
    range === 'day'
      ? { hour: 'numeric' }
      : range === 'week'
        ? { weekday: 'short', hour: 'numeric' }
        : { month: 'short', day: 'numeric' };
  return new Intl.DateTimeFormat(language, options).format(at);
};
