/** Escape, then Tab: the way out of the editor for those who use no mouse. Any other key in between takes it back. */
import type { Editor } from './looks';
import { monaco } from './monaco';

/** Escape has another meaning while one of these is open. */
const isFree = [
  'editorTextFocus',
  '!suggestWidgetVisible',
  '!findWidgetVisible',
  '!parameterHintsVisible',
  '!renameInputVisible',
  '!markersNavigationVisible',
  '!inSnippetMode',
  '!editorHasMultipleSelections',
].join(' && ');

export const leaveWithTab = (editor: Editor, label: string, onChange: (isLeaving: boolean) => void) => {
  let isLeaving = false;
  const set = (next: boolean) => {
    if (next === isLeaving) return;
    isLeaving = next;
    editor.updateOptions({ tabFocusMode: next });
    onChange(next);
  };
  const parts = [
    editor.addAction({
      id: 'signet.leaveWithTab',
      label,
      keybindings: [monaco.KeyCode.Escape],
      precondition: isFree,
      keybindingContext: isFree,
      run: () => set(true),
    }),
    editor.onKeyDown(({ keyCode }) => {
      const keeps = [monaco.KeyCode.Escape, monaco.KeyCode.Tab, monaco.KeyCode.Shift];
      if (!keeps.includes(keyCode)) set(false);
    }),
    editor.onDidBlurEditorText(() => set(false)),
  ];
  return {
    dispose: () => {
      for (const part of parts) part.dispose();
    },
  };
};
