/**
 * The environment variables of a script while somebody edits them. A stored value is never shown: it is kept, replaced or
 * removed. Pure, so that the rules can be tested without a page.
 */

/** As the API takes them: null keeps the value that is stored. What it tells of them has null only. */
export type StoredVariables = Record<string, string | null>;

export type Variable = {
  /** Stable while the page is open, so that rows keep their fields. */
  id: string;
  name: string;
  value: string;
  /** `new` was typed here; the other three are stored under this name. */
  state: 'new' | 'kept' | 'replaced' | 'removed';
};

export type VariableProblem = 'nameMissing' | 'nameInvalid' | 'nameTwice' | 'valueMissing';

const namePattern = /^\w+$/;

let made = 0;

export const emptyVariable = (): Variable => {
  made += 1;
  return { id: `new-${made}`, name: '', value: '', state: 'new' };
};

export const storedRows = (stored: StoredVariables): Variable[] =>
  Object.keys(stored).map((name) => ({ id: `stored-${name}`, name, value: '', state: 'kept' }));

const isEmpty = ({ name, value, state }: Variable) => state === 'new' && name === '' && value === '';

/** The rows that will be there after saving. */
const lasting = (rows: readonly Variable[]) => rows.filter((row) => row.state !== 'removed' && !isEmpty(row));

export const problemOf = (row: Variable, rows: readonly Variable[]): VariableProblem | undefined => {
  if (row.state === 'removed' || isEmpty(row)) return undefined;
  if (row.name === '') return 'nameMissing';
  if (!namePattern.test(row.name)) return 'nameInvalid';
  const first = lasting(rows).find(({ name }) => name === row.name);
  if (first !== undefined && first.id !== row.id) return 'nameTwice';
  return row.state !== 'kept' && row.value === '' ? 'valueMissing' : undefined;
};

export const hasProblem = (rows: readonly Variable[]) => rows.some((row) => problemOf(row, rows) !== undefined);

export const toVariables = (rows: readonly Variable[]): StoredVariables | undefined => {
  const entries = lasting(rows).map(({ name, value, state }) => [name, state === 'kept' ? null : value]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};

/** The names that a script may use, as far as they are valid. */
export const variableNames = (rows: readonly Variable[]) => [
  ...new Set(
    lasting(rows)
      .map(({ name }) => name)
      .filter((name) => namePattern.test(name)),
  ),
];

/** The type of `environmentVariables`, which the generated declarations leave to the page. */
export const variablesDeclaration = (names: readonly string[]) => {
  const members = names.map((name) => `  ${JSON.stringify(name)}: string;`);
  return [
    '/** The variables that are saved with this script. */',
    members.length === 0
      ? 'declare type EnvironmentVariables = {};'
      : `declare type EnvironmentVariables = {\n${members.join('\n')}\n};`,
  ].join('\n');
};
