/** The editor with its buttons above and its state below. */
import { Center, Kbd, Loader, Text, UnstyledButton } from '@mantine/core';
import { IconArrowBackUp, IconPlayerPlay } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useConfirm } from '@/components/Confirm';
import { CopyButton } from '@/components/CopyButton';
import { SteadyButton } from '@/components/SteadyButton';
import { Surface } from '@/components/Surface';
import { useI18n, useT } from '@/i18n/I18n';
import { declarations, web } from './declarations';
import { defaultScript } from './defaults';
import { loadEditor, speaksOtherThan } from './loadEditor';
import classes from './ScriptPage.module.css';
import { useEditorRef } from './useEditorRef';
import type { ScriptEditorState } from './useScriptEditor';
import { keyNames } from './useShortcuts';
import { variableNames, variablesDeclaration } from './variables';

const useCodeEditor = () => {
  const { tag } = useI18n();
  // A change of language on this page leaves the editor as it is: it would lose what can be undone.
  const [Editor] = useState(() => lazy(() => loadEditor(tag)));
  return Editor;
};

export const EditorCard = ({ editing }: { editing: ScriptEditorState }) => {
  const t = useT();
  const CodeEditor = useCodeEditor();
  const handle = useEditorRef();
  const { kind, draft, change, failure } = editing;
  const [problems, setProblems] = useState(0);
  const [isLeaving, setLeaving] = useState(false);
  const names = variableNames(draft.variables).join(',');
  const known = useMemo(
    () => ({
      'web.d.ts': web,
      'claims.d.ts': declarations[kind],
      'variables.d.ts': variablesDeclaration(names ? names.split(',') : []),
    }),
    [kind, names],
  );
  return (
    <Surface className={classes.editorCard} aria-label={t('customJwt.editor.region')}>
      <Toolbar editing={editing} />
      <div className={classes.body}>
        <Suspense fallback={<EditorLoading />}>
          <CodeEditor
            value={draft.script}
            epoch={editing.epoch}
            onChange={(script) => change({ script })}
            label={t('customJwt.editor.label')}
            declarations={known}
            failure={failure}
            onProblems={setProblems}
            onLeaving={setLeaving}
            onReady={(ready) => {
              handle.current = ready;
            }}
          />
        </Suspense>
      </div>
      <div className={classes.foot}>
        <Problems count={problems} onShow={() => handle.current?.showProblem()} />
        <OtherLanguage />
        <span role="status" className={classes.keys}>
          {isLeaving ? t('customJwt.editor.leaving') : t('customJwt.editor.keys')}
        </span>
      </div>
    </Surface>
  );
};

const Toolbar = ({ editing }: { editing: ScriptEditorState }) => {
  const t = useT();
  const confirm = useConfirm();
  const { kind, draft, run, isRunning, restoreScript } = editing;
  const restore = async () => {
    const isSure = await confirm({
      title: t('customJwt.restore.title'),
      message: t('customJwt.restore.message'),
      action: t('customJwt.restore.action'),
      isDangerous: false,
    });
    if (isSure) restoreScript();
  };
  return (
    <div className={classes.toolbar}>
      <Text fw={600} size="sm">
        {t('customJwt.editor.title')}
      </Text>
      <div className={classes.tools}>
        <SteadyButton
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconArrowBackUp size={15} />}
          onClick={restore}
          isIdle={draft.script === defaultScript(kind)}
        >
          {t('customJwt.restore.button')}
        </SteadyButton>
        <CopyButton value={draft.script} label={t('customJwt.editor.script')} />
        <SteadyButton
          size="xs"
          variant="light"
          leftSection={<IconPlayerPlay size={15} />}
          rightSection={
            <Kbd size="xs" className={classes.hints} aria-hidden>
              {keyNames.run}
            </Kbd>
          }
          onClick={run}
          isBusy={isRunning}
        >
          {t('customJwt.run')}
        </SteadyButton>
      </div>
    </div>
  );
};

const Problems = ({ count, onShow }: { count: number; onShow: () => void }) => {
  const t = useT();
  if (count === 0) return <span>{t('customJwt.editor.noProblems')}</span>;
  return (
    <UnstyledButton onClick={onShow} fz="xs" c="var(--mantine-color-error)" td="underline">
      {t('customJwt.editor.problems', { count })}
    </UnstyledButton>
  );
};

/** The library cannot change its language while it runs; to load the page anew is all that helps. */
const OtherLanguage = () => {
  const t = useT();
  const { tag } = useI18n();
  if (!speaksOtherThan(tag)) return null;
  return (
    <span>
      {t('customJwt.editor.otherLanguage')}{' '}
      <UnstyledButton onClick={() => location.reload()} fz="xs" td="underline">
        {t('customJwt.editor.reload')}
      </UnstyledButton>
    </span>
  );
};

const EditorLoading = () => {
  const t = useT();
  return (
    <Center h="100%" role="status" aria-label={t('customJwt.editor.loading')}>
      <Loader size="sm" type="dots" />
    </Center>
  );
};
