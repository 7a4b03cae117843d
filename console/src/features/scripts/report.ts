/** What a test run answers, and how it is read. */

export type LogLine = { level: string; text: string };

export type FailureKind = 'denied' | 'syntax' | 'missing_function' | 'type' | 'runtime' | 'timed_out' | 'out_of_memory';

export type RunFailure = { kind: FailureKind; message: string; line?: number | null; column?: number | null };

export type Report = {
  claims: Record<string, unknown> | null;
  /** Claims that the script returned and may not set. */
  ignored: string[];
  original: Record<string, unknown>;
  token: Record<string, unknown> | null;
  logs: LogLine[];
  durationMs: number;
  error: RunFailure | null;
};

export type TokenRow = { name: string; before?: string; after?: string; change: 'same' | 'added' | 'changed' | 'removed' };

const written = (claims: Record<string, unknown>, name: string) =>
  Object.hasOwn(claims, name) ? JSON.stringify(claims[name], null, 2) : undefined;

/** The claims of both tokens, the original's order first. A failed run changes nothing. */
export const compareTokens = (original: Record<string, unknown>, token: Record<string, unknown> | null): TokenRow[] => {
  const after = token ?? original;
  const names = [...new Set([...Object.keys(original), ...Object.keys(after)])];
  return names.map((name) => {
    const [one, other] = [written(original, name), written(after, name)];
    const change = one === other ? 'same' : one === undefined ? 'added' : other === undefined ? 'removed' : 'changed';
    return { name, change, ...(one !== undefined && { before: one }), ...(other !== undefined && { after: other }) };
  });
};

/** A place in the text, as editors mark it. Both ends count from one; the end is behind the last character. */
export type Place = { line: number; from: number; to: number };

/**
 * Where the editor shows a failure: from its column to the end of the word there, or the whole line without a column.
 * Nothing when the failure has no place, or the text has become shorter since.
 */
export const placeOf = ({ line, column }: Pick<RunFailure, 'line' | 'column'>, script: string): Place | undefined => {
  if (!line) return undefined;
  const text = script.split('\n')[line - 1];
  if (text === undefined) return undefined;
  const start = text.length - text.trimStart().length + 1;
  const end = Math.max(text.trimEnd().length + 1, start + 1);
  if (!column || column > text.length) return { line, from: start, to: end };
  const word = /^[\w$]+/.exec(text.slice(column - 1))?.[0].length ?? 1;
  return { line, from: column, to: column + word };
};
