/** The script's editor. What it says to the page: the text, how many problems it sees, whether Tab leaves it. */
import { useComputedColorScheme, useMantineTheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useT } from '@/i18n/I18n';
import { placeOf, type RunFailure } from '../report';
import classes from './CodeEditor.module.css';
import { leaveWithTab } from './leaveWithTab';
import { type Editor, looks, replaceAll } from './looks';
import { declare, monaco } from './monaco';

export type EditorHandle = {
  /** Puts a text at the cursor, which stays behind it. */
  insert: (text: string) => void;
  focus: () => void;
  /** To the next problem, with its text over the line. */
  showProblem: () => void;
  showLine: (line: number) => void;
};

type Props = {
  /** The text at first, and again whenever `epoch` changes; in between the editor has its own. */
  value: string;
  /** Counts how often the page put another text in. */
  epoch: number;
  onChange: (value: string) => void;
  label: string;
  /** Declarations for completion and checks, by file name. */
  declarations: Record<string, string>;
  /** The failure of the last run, shown on its line. */
  failure: RunFailure | null;
  onProblems: (count: number) => void;
  onLeaving: (isLeaving: boolean) => void;
  onReady: (handle: EditorHandle) => void;
};

export const CodeEditor = (props: Props) => {
  const { epoch, label, declarations, failure } = props;
  const t = useT();
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor>();
  const { fontFamilyMonospace } = useMantineTheme();
  const scheme = useComputedColorScheme('light');
  const latest = useRef(props);
  latest.current = props;
  const words = useRef({ leave: '', run: '' });
  words.current = { leave: t('customJwt.editor.leave'), run: t('customJwt.editor.fromRun') };

  useEffect(() => {
    if (!place.current) return;
    const { value: text, label: ariaLabel } = latest.current;
    const model = monaco.editor.createModel(text, 'javascript', monaco.Uri.parse('ts:signet/claims.js'));
    const created = monaco.editor.create(place.current, { ...looks, model, ariaLabel, fontFamily: fontFamilyMonospace });
    const listeners = [
      model.onDidChangeContent(() => latest.current.onChange(model.getValue())),
      monaco.editor.onDidChangeMarkers(() => latest.current.onProblems(problemsOf(model).length)),
      leaveWithTab(created, words.current.leave, (isLeaving) => latest.current.onLeaving(isLeaving)),
    ];
    setEditor(created);
    latest.current.onReady(handleOf(created));
    return () => {
      for (const listener of listeners) listener.dispose();
      created.dispose();
      model.dispose();
    };
  }, [fontFamilyMonospace]);

  useEffect(() => monaco.editor.setTheme(`signet-${scheme}`), [scheme]);
  useEffect(() => declare(declarations), [declarations]);
  useEffect(() => editor?.updateOptions({ ariaLabel: label }), [editor, label]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is put in when the page says so, not while somebody types
  useEffect(() => {
    const { value } = latest.current;
    if (editor && editor.getValue() !== value) replaceAll(editor, value);
  }, [editor, epoch]);
  useEffect(() => {
    if (editor && failure) return markFailure(editor, failure, words.current.run);
  }, [editor, failure]);

  return <div ref={place} className={classes.editor} />;
};

/** Errors and warnings; hints are no problems. */
const problemsOf = (model: monaco.editor.ITextModel) =>
  monaco.editor.getModelMarkers({ resource: model.uri }).filter(({ severity }) => severity >= monaco.MarkerSeverity.Warning);

const handleOf = (editor: Editor): EditorHandle => ({
  insert: (text) => insert(editor, text),
  focus: () => editor.focus(),
  showProblem: () => {
    editor.focus();
    editor.trigger('page', 'editor.action.marker.next', {});
  },
  showLine: (line) => {
    editor.setPosition({ lineNumber: line, column: 1 });
    editor.revealLineInCenterIfOutsideViewport(line);
    editor.focus();
  },
});

/** Where nobody has been in the text yet, what is inserted goes to the beginning of the function. */
const insert = (editor: Editor, text: string) => {
  const model = editor.getModel();
  const selection = editor.getSelection();
  if (!model || !selection) return;
  const isUntouched = selection.isEmpty() && selection.startLineNumber === 1 && selection.startColumn === 1;
  const opening = isUntouched ? model.findNextMatch(entry, selection.getStartPosition(), true, false, null, false) : null;
  const line = opening ? opening.range.endLineNumber + 1 : selection.startLineNumber;
  const range = opening ? new monaco.Range(line, 1, line, 1) : selection;
  const before = opening ? '  ' : model.getLineContent(line).slice(0, selection.startColumn - 1);
  const indent = before.slice(0, before.length - before.trimStart().length);
  const indented = text.trimEnd().replaceAll('\n', `\n${indent}`);
  editor.pushUndoStop();
  editor.executeEdits('guide', [{ range, text: opening ? `${indent}${indented}\n` : indented, forceMoveMarkers: true }]);
  editor.pushUndoStop();
  editor.focus();
};

/** The line on which the function's body begins. */
const entry = 'getCustomJwtClaims.*\\{\\s*$';

/** A squiggle, a tinted line and the message behind it, until the returned function takes them away. */
const markFailure = (editor: Editor, failure: RunFailure, source: string) => {
  const model = editor.getModel();
  const place = model && placeOf(failure, model.getValue());
  if (!model || !place) return;
  const range = new monaco.Range(place.line, place.from, place.line, place.to);
  const { startLineNumber, startColumn, endLineNumber, endColumn } = range;
  const marker = { startLineNumber, startColumn, endLineNumber, endColumn, source, message: failure.message };
  monaco.editor.setModelMarkers(model, 'signet-run', [{ ...marker, severity: monaco.MarkerSeverity.Error }]);
  const end = model.getLineMaxColumn(place.line);
  const decorations = editor.createDecorationsCollection([
    { range, options: { isWholeLine: true, className: classes.failedLine ?? '' } },
    {
      range: new monaco.Range(place.line, end, place.line, end),
      options: { showIfCollapsed: true, after: { content: `  ${failure.message}`, inlineClassName: classes.failure ?? '' } },
    },
  ]);
  const reveal = () => editor.revealLineInCenterIfOutsideViewport(place.line);
  reveal();
  // The drawer with the report takes room from the editor, a moment later.
  const resized = editor.onDidLayoutChange(reveal);
  return () => {
    resized.dispose();
    decorations.clear();
    if (!model.isDisposed()) monaco.editor.setModelMarkers(model, 'signet-run', []);
  };
};
