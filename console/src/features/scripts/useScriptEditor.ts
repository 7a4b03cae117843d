/** The state of the editor page: what is edited, what is stored, the last run; and what can be done with them. */
import { useRef, useState } from 'react';
import { toast, toastFailure } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { defaultContext, defaultScript, defaultToken } from './defaults';
import { blockedBy, type Draft, draftOf, isSameDraft, parseObject, type StoredScript, storedOf } from './draft';
import { useSaveScript, useTestScript } from './queries';
import type { TokenType } from './tokenTypes';
import { toVariables } from './variables';

export type PanelTab = 'data' | 'test' | 'errors';

export type ScriptEditorState = ReturnType<typeof useScriptEditor>;

export const useScriptEditor = (kind: TokenType, initial: StoredScript | null, showTab: (tab: PanelTab) => void) => {
  const t = useT();
  const [stored, setStored] = useState(initial);
  const [baseline, setBaseline] = useState(() => draftOf(kind, initial));
  const [draft, showDraft] = useState(baseline);
  /** What was typed a moment ago counts, though the page does not show it yet: keys come faster than pages are drawn. */
  const latest = useRef(draft);
  /** Fields say what they miss once somebody tried to save or to run. */
  const [isChecked, setChecked] = useState(false);
  /** The text has changed since the last run, so that its lines are others. */
  const [isEdited, setEdited] = useState(false);
  /** How often another text was put into the editor than what was typed there. */
  const [epoch, setEpoch] = useState(0);
  const saving = useSaveScript(kind);
  const testing = useTestScript();

  const put = (next: Draft) => {
    latest.current = next;
    showDraft(next);
  };

  const change = (changed: Partial<Draft>) => {
    put({ ...latest.current, ...changed });
    if (changed.script !== undefined) setEdited(true);
  };

  const fill = (samples: { token?: object; context?: object }) => {
    change(Object.fromEntries(Object.entries(samples).map(([name, sample]) => [name, JSON.stringify(sample, null, 2)])));
    setEpoch(epoch + 1);
  };

  /** Whether the draft can be sent. If not, the tab that says why is shown. */
  const isReady = () => {
    const tab = blockedBy(latest.current);
    if (!tab) return true;
    setChecked(true);
    showTab(tab);
    toastFailure(t(tab === 'data' ? 'customJwt.editor.variablesWrong' : 'customJwt.editor.samplesWrong'));
    return false;
  };

  const save = async () => {
    if (saving.isPending || !isReady()) return false;
    try {
      const saved = await saving.mutateAsync(storedOf(kind, latest.current));
      const next = draftOf(kind, saved);
      setStored(saved);
      setBaseline(next);
      // Who typed on meanwhile keeps that, as a change that is not saved.
      put({ ...next, script: latest.current.script });
    } catch {
      // The failure is shown where mutations fail; what was typed stays.
      return false;
    }
    setChecked(false);
    toast(t(stored ? 'common.saved' : 'customJwt.editor.created'));
    return true;
  };

  const run = () => {
    const { script, variables, ...samples } = latest.current;
    const [token, context] = [parseObject(samples.token), parseObject(samples.context)];
    if (testing.isPending || !isReady() || !token || !context) return;
    const environmentVariables = toVariables(variables);
    setEdited(false);
    testing.mutate({
      tokenType: kind,
      script,
      token,
      context,
      ...(environmentVariables && { environmentVariables }),
    });
  };

  const discard = () => {
    put(baseline);
    setEdited(true);
    setEpoch(epoch + 1);
    setChecked(false);
  };

  return {
    kind,
    draft,
    change,
    isNew: stored === null,
    isDirty: !isSameDraft(draft, baseline),
    isChecked,
    isSaving: saving.isPending,
    save,
    discard,
    restoreScript: () => {
      change({ script: defaultScript(kind) });
      setEpoch(epoch + 1);
    },
    epoch,
    /** Puts other samples into their editors. */
    fill,
    restoreToken: () => fill({ token: defaultToken(kind) }),
    restoreContext: () => fill({ context: defaultContext(kind) }),
    run,
    isRunning: testing.isPending,
    report: testing.data,
    runError: testing.error,
    closeReport: testing.reset,
    /** What the editor marks on its line. */
    failure: isEdited ? null : (testing.data?.error ?? null),
  };
};
