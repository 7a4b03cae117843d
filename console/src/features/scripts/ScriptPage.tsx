/** The page of one script: the editor and what a run says on the left, the panel on the right, the save bar below. */

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { BackLink } from '@/components/DetailPage';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { UnsavedChanges } from '@/components/UnsavedChanges';
import { useI18n, useT } from '@/i18n/I18n';
import type { StoredScript } from './draft';
import { EditorCard } from './EditorCard';
import { loadEditor } from './loadEditor';
import { Panel } from './panel/Panel';
import { scriptQuery } from './queries';
import { ResultDrawer } from './result/ResultDrawer';
import { SaveBar } from './SaveBar';
import { ScriptActions } from './ScriptActions';
import classes from './ScriptPage.module.css';
import { phraseOf, type TokenType } from './tokenTypes';
import { EditorRefProvider } from './useEditorRef';
import { type PanelTab, useScriptEditor } from './useScriptEditor';
import { useShortcuts } from './useShortcuts';

type Mode = 'create' | 'edit';

export const ScriptPage = ({ kind, mode }: { kind: TokenType; mode: Mode }) => {
  const { tag } = useI18n();
  const query = useQuery(scriptQuery(kind));
  // The editor is on its way while the script is.
  useEffect(() => void loadEditor(tag), [tag]);
  return <Loaded query={query}>{(stored) => <Editing key={kind} kind={kind} mode={mode} stored={stored} />}</Loaded>;
};

const panelTabs: readonly string[] = ['data', 'test', 'errors'] satisfies PanelTab[];

/** Which tab of the panel is open is in the address. */
const usePanelTab = (): [PanelTab, (tab: PanelTab) => void] => {
  const { tab = '' } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const show = (next: PanelTab) =>
    void navigate({ to: '.', search: (next === 'data' ? {} : { tab: next }) as never, replace: true, resetScroll: false });
  return [(panelTabs.includes(tab) ? tab : 'data') as PanelTab, show];
};

const Editing = ({ kind, mode, stored }: { kind: TokenType; mode: Mode; stored: StoredScript | null }) => {
  const t = useT();
  const navigate = useNavigate();
  const [tab, showTab] = usePanelTab();
  const editing = useScriptEditor(kind, stored, showTab);
  const { isNew, isDirty, save, run } = editing;
  useShortcuts({ save, run });

  // The address says which of both it is; a link that says the other one still leads here.
  const right = isNew ? 'create' : 'edit';
  useEffect(() => {
    if (mode === right) return;
    const to = `/customize-jwt/$tokenType/${right}` as const;
    void navigate({ to, params: { tokenType: kind }, search: true, replace: true, ignoreBlocker: true });
  }, [mode, right, kind, navigate]);

  const which = phraseOf[kind];
  return (
    <EditorRefProvider>
      <div className={classes.frame}>
        <div className={classes.page}>
          <div className={classes.head}>
            <BackLink to="/customize-jwt" label={t('customJwt.title')} />
            <PageHeader
              title={t(`customJwt.${which}.title`)}
              description={t(`customJwt.${which}.subtitle`)}
              actions={<ScriptActions editing={editing} />}
            />
          </div>
          <div className={classes.columns}>
            <div className={classes.left}>
              <EditorCard editing={editing} />
              <ResultDrawer editing={editing} />
            </div>
            <Panel editing={editing} tab={tab} onTab={showTab} />
          </div>
          <SaveBar editing={editing} />
        </div>
      </div>
      <UnsavedChanges when={isDirty} isWithinPageGuarded={false} />
    </EditorRefProvider>
  );
};
