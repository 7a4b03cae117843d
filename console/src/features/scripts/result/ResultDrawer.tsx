/** What a test run said: how it ended, the token beside the one without the script, the claims, the console. */
import { ActionIcon, Alert, Badge, Button, Code, Group, Tabs, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconHandStop, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { CopyButton } from '@/components/CopyButton';
import { useErrorText } from '@/components/ErrorText';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';
import { CodeBlock } from '../CodeBlock';
import type { Report, RunFailure } from '../report';
import classes from '../ScriptPage.module.css';
import { useEditorRef } from '../useEditorRef';
import type { ScriptEditorState } from '../useScriptEditor';
import { ConsoleOutput } from './ConsoleOutput';
import { TokenTable } from './TokenTable';

export const ResultDrawer = ({ editing }: { editing: ScriptEditorState }) => {
  const t = useT();
  const errorText = useErrorText();
  const { report, runError, closeReport } = editing;
  const handle = useEditorRef();
  const place = useRef<HTMLDivElement>(null);
  const outcome = report ?? runError;
  // Where it is not in sight, as on a phone, it comes into it.
  useEffect(() => {
    if (outcome) place.current?.scrollIntoView({ block: 'nearest' });
  }, [outcome]);
  if (!outcome) return null;
  // The button goes with what it closes; one writes on.
  const close = () => {
    closeReport();
    handle.current?.focus();
  };
  return (
    <Surface ref={place} className={classes.result} aria-label={t('customJwt.result.title')}>
      <Headline report={report} onClose={close} />
      {runError && (
        <Alert
          color="red"
          radius={0}
          className={classes.failure ?? ''}
          icon={<IconAlertTriangle size={18} />}
          title={t('customJwt.result.notRun')}
          role="alert"
        >
          {detailOf(runError) ?? errorText(runError)}
        </Alert>
      )}
      {report?.error && <Failure failure={report.error} />}
      {report && <Parts key={String(report.error === null)} report={report} />}
    </Surface>
  );
};

/** The server names the member of a sample that it does not know; that says more than the code of the refusal. */
const detailOf = (error: unknown) => {
  const { message, details } = (error as { data?: { message?: unknown; details?: unknown } }).data ?? {};
  return [details, message].find((text): text is string => typeof text === 'string');
};

const Headline = ({ report, onClose }: { report: Report | undefined; onClose: () => void }) => {
  const t = useT();
  const outcome = !report ? 'notRun' : !report.error ? 'succeeded' : report.error.kind === 'denied' ? 'denied' : 'failed';
  const [color, Icon] =
    outcome === 'succeeded' ? ['signet', IconCheck] : outcome === 'denied' ? ['orange', IconHandStop] : ['red', IconX];
  return (
    <div className={classes.toolbar}>
      <Group gap="xs" role="status">
        <ThemeIcon size={22} radius="xl" variant="light" color={color as string}>
          <Icon size={14} />
        </ThemeIcon>
        <Text fw={600} size="sm">
          {t(`customJwt.result.${outcome}`)}
        </Text>
        {report && (
          <Text size="xs" c="dimmed" className="numbers">
            {t('customJwt.result.duration', { ms: report.durationMs })}
          </Text>
        )}
      </Group>
      <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label={t('customJwt.result.close')}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
};

const Failure = ({ failure }: { failure: RunFailure }) => {
  const t = useT();
  const handle = useEditorRef();
  const { kind, message, line } = failure;
  return (
    <Alert
      color={kind === 'denied' ? 'orange' : 'red'}
      className={(kind === 'denied' ? classes.denial : classes.failure) ?? ''}
      radius={0}
      p="sm"
      role="alert"
      title={t(`customJwt.result.kinds.${kind}`)}
      styles={{ label: { color: 'var(--mantine-color-text)' } }}
      icon={kind === 'denied' ? <IconHandStop size={18} /> : <IconAlertTriangle size={18} />}
    >
      <Group justify="space-between" gap="xs" align="flex-end">
        <Text ff="monospace" fz={13} className="breakable">
          {message}
        </Text>
        {line && (
          <Button size="compact-xs" variant="default" onClick={() => handle.current?.showLine(line)}>
            {t('customJwt.result.toLine', { line: String(line) })}
          </Button>
        )}
      </Group>
    </Alert>
  );
};

const Parts = ({ report }: { report: Report }) => {
  const t = useT();
  const { claims, logs, error } = report;
  // After a failure the console says more than a token without claims.
  const [tab, setTab] = useState<string | null>(error && logs.length > 0 ? 'console' : 'token');
  return (
    <Tabs value={tab} onChange={setTab} style={{ display: 'flex', flexDirection: 'column', minHeight: 0, flex: 1 }}>
      <Tabs.List px="xs">
        <Tabs.Tab value="token">{t('customJwt.result.token')}</Tabs.Tab>
        <Tabs.Tab value="claims">{t('customJwt.result.claims')}</Tabs.Tab>
        <Tabs.Tab
          value="console"
          rightSection={
            logs.length > 0 && (
              <Badge size="xs" variant="light" circle={logs.length < 10}>
                {logs.length}
              </Badge>
            )
          }
        >
          {t('customJwt.result.console')}
        </Tabs.Tab>
      </Tabs.List>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={t('customJwt.result.details')}>
        <Tabs.Panel value="token">
          <Ignored names={report.ignored} />
          <TokenTable original={report.original} token={report.token} />
        </Tabs.Panel>
        <Tabs.Panel value="claims" p="md">
          {claims ? <Claims claims={claims} /> : <Text c="dimmed">{t('customJwt.result.noClaims')}</Text>}
        </Tabs.Panel>
        <Tabs.Panel value="console">
          <ConsoleOutput logs={logs} />
        </Tabs.Panel>
      </section>
    </Tabs>
  );
};

const Claims = ({ claims }: { claims: Record<string, unknown> }) => {
  const t = useT();
  const text = JSON.stringify(claims, null, 2);
  return (
    <Group align="flex-start" justify="space-between" wrap="nowrap">
      <CodeBlock text={text} label={t('customJwt.result.claims')} />
      <CopyButton value={text} label={t('customJwt.result.claims')} />
    </Group>
  );
};

const Ignored = ({ names }: { names: string[] }) => {
  const t = useT();
  if (names.length === 0) return null;
  return (
    <Alert color="yellow" radius={0} className={classes.warning ?? ''} icon={<IconAlertTriangle size={18} />} p="sm">
      <Text size="sm" component="div">
        {t('customJwt.result.ignored', { count: names.length })}{' '}
        {names.map((name) => (
          <Code key={name} mr={4}>
            {name}
          </Code>
        ))}
      </Text>
    </Alert>
  );
};
