/** What the test runs on: a token and a context, made up or of somebody real. They are saved with the script. */
import { Button, Stack, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { LinesLoading } from '@/components/Loading';
import { useI18n, useT } from '@/i18n/I18n';
import { defaultContext, defaultToken } from '../defaults';
import { loadSampleEditor } from '../loadEditor';
import classes from '../ScriptPage.module.css';
import type { ScriptEditorState } from '../useScriptEditor';
import { LoadRealData } from './LoadRealData';

const pretty = (value: object) => JSON.stringify(value, null, 2);

export const TestContext = ({ editing }: { editing: ScriptEditorState }) => {
  const t = useT();
  const { kind, draft, change, epoch, restoreToken, restoreContext } = editing;
  return (
    <Stack gap="lg">
      <LoadRealData editing={editing} />
      <Text size="sm" c="dimmed">
        {t('customJwt.test.hint')}
      </Text>
      <Sample
        name={`${kind}-token`}
        epoch={epoch}
        label={t('customJwt.test.token')}
        description={t('customJwt.test.tokenHint')}
        value={draft.token}
        onChange={(token) => change({ token })}
        onReset={restoreToken}
        isDefault={draft.token === pretty(defaultToken(kind))}
      />
      <Sample
        name={`${kind}-context`}
        epoch={epoch}
        label={t('customJwt.test.context')}
        description={t('customJwt.test.contextHint')}
        value={draft.context}
        onChange={(context) => change({ context })}
        onReset={restoreContext}
        isDefault={draft.context === pretty(defaultContext(kind))}
      />
    </Stack>
  );
};

type SampleProps = {
  name: string;
  epoch: number;
  label: string;
  description: string;
  value: string;
  onChange: (value: string) => void;
  onReset: () => void;
  isDefault: boolean;
};

const Sample = ({ onReset, isDefault, ...edited }: SampleProps) => {
  const t = useT();
  const { tag } = useI18n();
  const [SampleEditor] = useState(() => lazy(() => loadSampleEditor(tag)));
  const { label } = edited;
  return (
    <section aria-label={label} className={classes.sample}>
      <Suspense fallback={<LinesLoading lines={6} />}>
        <SampleEditor {...edited} />
      </Suspense>
      <Button
        className={classes.reset ?? ''}
        size="compact-xs"
        variant="subtle"
        color="gray"
        leftSection={<IconArrowBackUp size={13} />}
        onClick={onReset}
        disabled={isDefault}
        aria-label={t('customJwt.test.resetThis', { what: label })}
      >
        {t('customJwt.test.reset')}
      </Button>
    </section>
  );
};
