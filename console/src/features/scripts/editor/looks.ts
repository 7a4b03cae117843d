/** What both editors of the page have in common. */
import type { monaco } from './monaco';

export type Editor = ReturnType<typeof monaco.editor.create>;

export const looks = {
  automaticLayout: true,
  fixedOverflowWidgets: true,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  fontSize: 13,
  lineHeight: 21,
  tabSize: 2,
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 8,
  glyphMargin: false,
  padding: { top: 12, bottom: 12 },
  renderLineHighlightOnlyWhenFocus: true,
  renderFinalNewline: 'on',
  wordWrap: 'on',
  wrappingIndent: 'indent',
  overviewRulerBorder: false,
  overviewRulerLanes: 2,
  hideCursorInOverviewRuler: true,
  wordBasedSuggestions: 'off',
  quickSuggestions: { other: true, comments: false, strings: true },
  // What the list leaves out is in the documentation beside it, which is open.
  suggest: { showWords: false, preview: false, showInlineDetails: false },
  scrollbar: { alwaysConsumeMouseWheel: false, useShadows: false },
  stickyScroll: { enabled: false },
} as const satisfies Parameters<typeof monaco.editor.create>[1];

/** As an edit, so that undo brings back what was there. */
export const replaceAll = (editor: Editor, text: string) => {
  const range = editor.getModel()?.getFullModelRange();
  if (!range) return;
  editor.pushUndoStop();
  editor.executeEdits('page', [{ range, text }]);
  editor.pushUndoStop();
};
