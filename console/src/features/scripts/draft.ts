/** A script with all that is saved with it, while somebody edits it. */
import { defaultContext, defaultScript, defaultToken } from './defaults';
import type { TokenType } from './tokenTypes';
import { hasProblem, type StoredVariables, storedRows, toVariables, type Variable } from './variables';

/** What the API stores. */
export type StoredScript = {
  script: string;
  environmentVariables?: StoredVariables;
  tokenSample?: object;
  contextSample?: object;
  blockIssuanceOnError?: boolean;
  storeLogs?: boolean;
};

/** What the page edits: samples are text, since they may be broken while somebody types. */
export type Draft = {
  script: string;
  variables: Variable[];
  token: string;
  context: string;
  isBlocking: boolean;
  storesLogs: boolean;
};

const pretty = (value: object) => JSON.stringify(value, null, 2);

/** A new script blocks when it fails; one that was stored without a word about it does not. */
export const draftOf = (kind: TokenType, stored: StoredScript | null): Draft => ({
  script: stored?.script ?? defaultScript(kind),
  variables: storedRows(stored?.environmentVariables ?? {}),
  token: pretty(stored?.tokenSample ?? defaultToken(kind)),
  context: pretty(stored?.contextSample ?? defaultContext(kind)),
  isBlocking: stored ? (stored.blockIssuanceOnError ?? false) : true,
  storesLogs: stored?.storeLogs ?? false,
});

/** Equal in what is saved: an empty row of a variable is no change. */
export const isSameDraft = (one: Draft, other: Draft) => fingerprint(one) === fingerprint(other);

const fingerprint = ({ variables, ...rest }: Draft) => {
  const rows = variables
    .filter(({ name, value, state }) => state !== 'new' || name !== '' || value !== '')
    .map(({ name, value, state }) => [name, value, state]);
  return JSON.stringify([rows, rest.script, rest.token, rest.context, rest.isBlocking, rest.storesLogs]);
};

/** An object out of a text, or nothing when the text is no object. */
export const parseObject = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

/** Where a draft cannot be saved as it is: the tab of the panel that says why. */
export const blockedBy = ({ variables, token, context }: Draft): 'data' | 'test' | undefined => {
  if (hasProblem(variables)) return 'data';
  return parseObject(token) && parseObject(context) ? undefined : 'test';
};

/** For the API. Samples that nobody changed are left out, so that later versions may have better ones. */
export const storedOf = (kind: TokenType, draft: Draft): StoredScript => {
  const environmentVariables = toVariables(draft.variables);
  const tokenSample = parseObject(draft.token);
  const contextSample = parseObject(draft.context);
  return {
    script: draft.script,
    ...(environmentVariables && { environmentVariables }),
    ...(tokenSample && draft.token !== pretty(defaultToken(kind)) && { tokenSample }),
    ...(contextSample && draft.context !== pretty(defaultContext(kind)) && { contextSample }),
    blockIssuanceOnError: draft.isBlocking,
    ...(draft.storesLogs && { storeLogs: true }),
  };
};
