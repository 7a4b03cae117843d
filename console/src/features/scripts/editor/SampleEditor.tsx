/** An editor for the JSON that a script is tested on. What is wrong is marked on its line, and said below. */
import { Button, Group, Input, Text, UnstyledButton, useMantineTheme } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { jsonProblem } from '@/components/JsonEditor';
import { useT } from '@/i18n/I18n';
import { placeOf } from './json';
import { type Editor, looks, replaceAll } from './looks';
import { monaco } from './monaco';
import classes from './SampleEditor.module.css';

type Props = {
  /** Which of the samples: its schema goes by this. */
  name: string;
  label: string;
  description: string;
  /** The text at first, and again whenever `epoch` changes; in between the editor has its own. */
  value: string;
  epoch: number;
  onChange: (value: string) => void;
};

type Problem = { line: number; column: number; message: string; isError: boolean };

/** As high as its text, within these. */
const heights = { least: 120, most: 460 };

export const SampleEditor = (props: Props) => {
  const { epoch, label, description, value } = props;
  const t = useT();
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor>();
  const [problem, setProblem] = useState<Problem>();
  const { fontFamilyMonospace } = useMantineTheme();
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!place.current) return;
    const created = edit(place.current, latest.current, fontFamilyMonospace);
    const model = created.getModel();
    const listeners = [
      created.onDidChangeModelContent(() => latest.current.onChange(created.getValue())),
      monaco.editor.onDidChangeMarkers(() => model && setProblem(firstProblem(model))),
    ];
    setEditor(created);
    return () => {
      for (const listener of listeners) listener.dispose();
      created.dispose();
      model?.dispose();
    };
  }, [fontFamilyMonospace]);

  useEffect(() => editor?.updateOptions({ ariaLabel: label }), [editor, label]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is put in when the page says so, not while somebody types
  useEffect(() => {
    const { value: text } = latest.current;
    if (editor && editor.getValue() !== text) replaceAll(editor, text);
  }, [editor, epoch]);
  useEffect(() => {
    if (editor && problem) return mark(editor, problem);
  }, [editor, problem]);

  const isWrong = jsonProblem(value, true) !== undefined;
  return (
    <Input.Wrapper label={label} description={description} labelElement="div" id={id}>
      <div ref={place} className={classes.editor} style={{ height: heights.least, marginTop: 6 }} />
      <Group justify="space-between" align="flex-start" gap="xs" mt={6} wrap="nowrap">
        <div role="status">{problem && <ProblemLine problem={problem} onShow={() => show(editor, problem)} />}</div>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          style={{ flex: 'none' }}
          onClick={() => editor && replaceAll(editor, JSON.stringify(JSON.parse(editor.getValue()), null, 2))}
          disabled={isWrong}
        >
          {t('common.json.format')}
        </Button>
      </Group>
    </Input.Wrapper>
  );
};

const ProblemLine = ({ problem, onShow }: { problem: Problem; onShow: () => void }) => {
  const t = useT();
  const { line, message, isError } = problem;
  return (
    <UnstyledButton onClick={onShow}>
      <Text size="xs" c={isError ? 'var(--mantine-color-error)' : undefined} className="breakable">
        {t('customJwt.test.problem', { line, message })}
      </Text>
    </UnstyledButton>
  );
};

const edit = (place: HTMLElement, { name, label, value }: Props, fontFamily: string): Editor => {
  const model = monaco.editor.createModel(value, 'json', placeOf(name));
  const created = monaco.editor.create(place, {
    ...looks,
    model,
    fontFamily,
    ariaLabel: label,
    overviewRulerLanes: 0,
    links: false,
    lineNumbersMinChars: 2,
    padding: { top: 8, bottom: 8 },
    // Enter indents, so Tab is free to lead on, as out of any other field.
    tabFocusMode: true,
  });
  const resize = () => {
    place.style.height = `${Math.min(heights.most, Math.max(heights.least, created.getContentHeight()))}px`;
  };
  created.onDidContentSizeChange(resize);
  resize();
  return created;
};

/** The first error, or else the first warning. */
const firstProblem = (model: monaco.editor.ITextModel): Problem | undefined => {
  if (model.isDisposed()) return undefined;
  const [first] = monaco.editor
    .getModelMarkers({ resource: model.uri })
    .sort((one, other) => other.severity - one.severity || one.startLineNumber - other.startLineNumber);
  if (!first) return undefined;
  const { startLineNumber: line, startColumn: column, message, severity } = first;
  return { line, column, message, isError: severity === monaco.MarkerSeverity.Error };
};

/** A tinted line with the message behind it, until the returned function takes both away. */
const mark = (editor: Editor, { line, message, isError }: Problem) => {
  const end = editor.getModel()?.getLineMaxColumn(line) ?? 1;
  const className = (isError ? classes.wrong : classes.doubtful) ?? '';
  const said = { content: `  ${message}`, inlineClassName: (isError ? classes.error : classes.warning) ?? '' };
  const decorations = editor.createDecorationsCollection([
    { range: new monaco.Range(line, 1, line, 1), options: { isWholeLine: true, className } },
    { range: new monaco.Range(line, end, line, end), options: { showIfCollapsed: true, after: said } },
  ]);
  return () => decorations.clear();
};

const show = (editor: Editor | undefined, { line, column }: Problem) => {
  editor?.setPosition({ lineNumber: line, column });
  editor?.revealLineInCenterIfOutsideViewport(line);
  editor?.focus();
};
