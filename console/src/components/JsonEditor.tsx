/** A light editor for JSON: checks while typing, says where it is wrong, and sets it in order when asked. */
import { Button, Group, Textarea } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useT } from '@/i18n/I18n';

type Props = {
  label: string;
  description?: string;
  value: string;
  onChange: (value: string) => void;
  /** True when only an object is accepted, as for custom data. */
  isObject?: boolean;
  error?: string;
  minRows?: number;
};

type Problem = { kind: 'syntax'; detail: string } | { kind: 'notObject' };

/** What is wrong with a text as JSON, if anything. */
export const jsonProblem = (text: string, isObject = false): Problem | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    const fits = !isObject || (typeof value === 'object' && value !== null && !Array.isArray(value));
    return fits ? undefined : { kind: 'notObject' };
  } catch (error) {
    return { kind: 'syntax', detail: error instanceof Error ? error.message : String(error) };
  }
};

export const JsonEditor = ({ label, description, value, onChange, isObject = false, error, minRows = 8 }: Props) => {
  const t = useT();
  const problem = jsonProblem(value, isObject);
  const said =
    problem?.kind === 'syntax' ? t('common.json.invalid', { detail: problem.detail }) : problem && t('common.json.notObject');
  const order = () => onChange(JSON.stringify(JSON.parse(value), null, 2));
  return (
    <div>
      <Textarea
        label={label}
        {...(description && { description })}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => indent(event, onChange)}
        error={error ?? said}
        autosize
        minRows={minRows}
        maxRows={30}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13, lineHeight: 1.6 } }}
      />
      <Group justify="flex-end" mt={6}>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={order} disabled={problem !== undefined}>
          {t('common.json.format')}
        </Button>
      </Group>
    </div>
  );
};

/** Enter keeps the indentation of the line. Tab is left alone: it is how keyboards leave the field. */
const indent = (event: KeyboardEvent<HTMLTextAreaElement>, onChange: (value: string) => void) => {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
  const field = event.currentTarget;
  const before = field.value.slice(0, field.selectionStart);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const depth = (line.match(/^ */)?.[0] ?? '') + (/[[{]\s*$/.test(line) ? '  ' : '');
  if (depth === '') return;
  event.preventDefault();
  field.setRangeText(`\n${depth}`, field.selectionStart, field.selectionEnd, 'end');
  onChange(field.value);
};
