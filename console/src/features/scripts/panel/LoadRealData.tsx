/** Fills the test with what a script would see of a real person, application and organization. */
import { Button, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type Subject, useLoadContext } from '../queries';
import type { ScriptEditorState } from '../useScriptEditor';
import classes from './DataSource.module.css';
import { SubjectSelect } from './SubjectSelect';

export const LoadRealData = ({ editing }: { editing: ScriptEditorState }) => {
  const t = useT();
  const { kind, fill } = editing;
  const [subject, setSubject] = useState<Subject>({});
  const loading = useLoadContext(kind);
  const isOfPerson = kind === 'access-token';
  const isReady = Boolean(isOfPerson ? subject.userId : subject.applicationId);
  const choose = (member: keyof Subject) => (id: string | null) =>
    setSubject(({ [member]: _, ...others }) => (id ? { ...others, [member]: id } : others));
  const load = async () => {
    try {
      const { token, context } = await loading.mutateAsync(subject);
      fill({ token, context });
      toast(t('customJwt.real.loaded'));
    } catch {
      // The failure is shown where mutations fail; the samples stay.
    }
  };
  return (
    <section className={classes.sample} aria-label={t('customJwt.real.title')}>
      <Title order={2} fz="sm">
        {t('customJwt.real.title')}
      </Title>
      <Text size="xs" c="dimmed" mt={2} mb="sm">
        {t(isOfPerson ? 'customJwt.real.hintUser' : 'customJwt.real.hintMachine')}
      </Text>
      <Stack gap="xs" mb={6}>
        {isOfPerson && (
          <SubjectSelect
            kind="users"
            label={t('customJwt.real.user')}
            value={subject.userId}
            onChange={choose('userId')}
            isRequired
          />
        )}
        <SubjectSelect
          kind={isOfPerson ? 'applications' : 'machines'}
          label={t('customJwt.real.application')}
          value={subject.applicationId}
          onChange={choose('applicationId')}
          isRequired={!isOfPerson}
        />
        <SubjectSelect
          kind="organizations"
          label={t('customJwt.real.organization')}
          value={subject.organizationId}
          onChange={choose('organizationId')}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          onClick={() => void load()}
          loading={loading.isPending}
          disabled={!isReady}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('customJwt.real.load')}
        </Button>
      </Stack>
    </section>
  );
};
