/**
 * What the editor's library remembers: for as long as the page is open, and nothing of it in the browser. It begins with
 * the documentation beside suggestions open, since that is what people come for; the choice to close it is kept.
 */

const remembered = new Map<string, unknown>([['expandSuggestionDocs', true]]);

/** The library's events; none ever happens here. */
const never = () => ({ dispose: () => {} });

export const storage = {
  get: (key: string, _scope: unknown, otherwise?: unknown) => remembered.get(key) ?? otherwise,
  getBoolean: (key: string, _scope: unknown, otherwise?: boolean) => remembered.get(key) ?? otherwise,
  getNumber: (key: string, _scope: unknown, otherwise?: number) => remembered.get(key) ?? otherwise,
  store: (key: string, value: unknown) => void remembered.set(key, value),
  remove: (key: string) => void remembered.delete(key),
  onWillSaveState: never,
  onDidChangeStorage: never,
  onDidChangeValue: () => never,
};
