/** One entry of the audit log: the facts that all have, what went wrong, and everything as it was written. */
import { Alert, Badge, Code, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CopyableText, CopyButton } from '@/components/CopyButton';
import { Surface } from '@/components/Surface';
import { Time } from '@/components/Time';
import { useT } from '@/i18n/I18n';
import { ApplicationName, UserName } from './names';
import { type Entry, type Payload, payloadOf } from './queries';

export const EntryDetails = ({ entry }: { entry: Entry }) => {
  const t = useT();
  const payload = payloadOf(entry);
  const text = JSON.stringify(entry.payload, null, 2);
  return (
    <Stack gap="lg">
      {payload.error !== undefined && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('auditLogs.details.failed')}>
          {errorOf(payload.error)}
        </Alert>
      )}
      <Facts entry={entry} payload={payload} />
      <Surface p={{ base: 'md', sm: 'lg' }} aria-label={t('auditLogs.details.payload')} pos="relative">
        <Title order={2} fz="md" mb="sm">
          {t('auditLogs.details.payload')} <CopyButton value={text} label={t('auditLogs.details.payload')} />
        </Title>
        <Code block tabIndex={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {text}
        </Code>
      </Surface>
    </Stack>
  );
};

/** Errors are texts, or objects with a code and a message. */
const errorOf = (error: unknown): string => {
  if (typeof error === 'string') return error;
  const { code, message } = error as { code?: string; message?: string };
  return [message, code && `(${code})`].filter(Boolean).join(' ') || JSON.stringify(error);
};

const device = ({ userAgent, userAgentParsed }: Payload) => {
  const { browser, os } = userAgentParsed ?? {};
  const known = (name: string | undefined) => (name && name !== 'UNKNOWN' ? name : undefined);
  const system = known(os?.name);
  const program = [known(browser?.name), browser?.version].filter(Boolean).join(' ');
  return [program, system].filter(Boolean).join(' · ') || userAgent;
};

const Facts = ({ entry, payload }: { entry: Entry; payload: Payload }) => {
  const t = useT();
  const isFailure = payload.result === 'Error';
  return (
    <Surface p={{ base: 'md', sm: 'lg' }} aria-label={t('auditLogs.details.facts')}>
      <SimpleGrid component="dl" m={0} cols={{ base: 1, xs: 2, md: 3 }} spacing="lg">
        <Fact label={t('auditLogs.details.result')}>
          <Badge variant="light" color={isFailure ? 'red' : 'signet'} tt="none">
            {t(isFailure ? 'auditLogs.failed' : 'auditLogs.succeeded')}
          </Badge>
        </Fact>
        <Fact label={t('auditLogs.columns.time')}>
          <Time at={entry.createdAt} />
        </Fact>
        <Fact label={t('auditLogs.details.key')}>
          <Code className="breakable">{entry.key}</Code>
        </Fact>
        <Fact label={t('auditLogs.columns.user')}>
          <UserName id={payload.userId} />
        </Fact>
        <Fact label={t('auditLogs.columns.application')}>
          <ApplicationName id={payload.applicationId} />
        </Fact>
        <Fact label={t('auditLogs.details.ip')}>
          {payload.ip ? <CopyableText value={payload.ip} label={t('auditLogs.details.ip')} /> : '–'}
        </Fact>
        <Fact label={t('auditLogs.details.device')}>{device(payload) ?? '–'}</Fact>
      </SimpleGrid>
    </Surface>
  );
};

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <Text component="dt" size="xs" c="dimmed" fw={600}>
      {label}
    </Text>
    <Text component="dd" size="sm" m={0} mt={2} className="breakable">
      {children}
    </Text>
  </div>
);
