/** What the script wrote to its console, in its order. */
import { Text } from '@mantine/core';
import { useT } from '@/i18n/I18n';
import type { LogLine } from '../report';
import classes from './ConsoleOutput.module.css';

export const ConsoleOutput = ({ logs }: { logs: LogLine[] }) => {
  const t = useT();
  if (logs.length === 0) {
    return (
      <Text c="dimmed" size="sm" p="md">
        {t.rich('customJwt.result.noLogs', { call: <code>console.log()</code> })}
      </Text>
    );
  }
  return (
    <ol className={classes.lines}>
      {logs.map(({ level, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a run never change their order
        <li key={index} data-level={level}>
          <span className={classes.level}>{level}</span>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
};
