/** A moment: the date as the language writes it, how long ago when somebody points at it. */
import { Text, Tooltip } from '@mantine/core';
import { useI18n, useT } from '@/i18n/I18n';

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "3 hours ago", in a language. */
export const ago = (at: number, now: number, language: string): string => {
  const seconds = Math.round((at - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return format.format(Math.trunc(seconds / size), unit);
};

/** `at` in milliseconds since the epoch; nothing when something never happened. */
export const Time = ({ at, withTime = true }: { at: number | null | undefined; withTime?: boolean }) => {
  const t = useT();
  const { tag } = useI18n();
  if (at === null || at === undefined)
    return (
      <Text span inherit>
        {t('common.never')}
      </Text>
    );
  const date = new Date(at);
  const text = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', ...(withTime && { timeStyle: 'short' }) }).format(date);
  return (
    <Tooltip label={ago(at, Date.now(), tag)} withArrow>
      <Text component="time" inherit dateTime={date.toISOString()} style={{ whiteSpace: 'nowrap' }}>
        {text}
      </Text>
    </Tooltip>
  );
};
