/**
 * The code editor's library with JavaScript and its language service, which brings along all that an editor can do. It is
 * large, so only the parts of the editor page import this, and lazily.
 */
import * as monaco from 'monaco-editor/editor/editor.api.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import { StandaloneServices } from 'monaco-editor/editor/standalone/browser/standaloneServices.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/languages/definitions/javascript/register.js';
import 'monaco-editor/languages/definitions/typescript/register.js';
import { javascriptDefaults, ScriptTarget } from 'monaco-editor/languages/features/typescript/register.js';
import LanguageWorker from 'monaco-editor/languages/features/typescript/ts.worker.js?worker';
// Loaded later by itself otherwise, when it is too late for the services that it brings along.
import 'monaco-editor/languages/features/typescript/tsMode.js';
import { storage } from './storage';
import { defineThemes } from './themes';

const languageWorker = () => new LanguageWorker();

/** Who does the work of a language: files of the console's own. Any other work is the editor's. */
export const workers: Record<string, () => Worker> = { javascript: languageWorker, typescript: languageWorker };

/** The library asks this global for its workers. */
(globalThis as { MonacoEnvironment?: monaco.Environment }).MonacoEnvironment = {
  getWorker: (_module, label) => workers[label]?.() ?? new EditorWorker(),
};

// Before anything else asks for a service: the first one to ask settles them all.
StandaloneServices.initialize({ storageService: storage });

defineThemes(monaco.editor);

// Scripts run in no browser: what they have besides the language is in the declarations, and not the types of a page.
javascriptDefaults.setCompilerOptions({
  target: ScriptTarget.ESNext,
  lib: ['es2023'],
  allowJs: true,
  checkJs: true,
  strict: true,
  noImplicitAny: false,
  useUnknownInCatchVariables: false,
  allowNonTsExtensions: true,
});
javascriptDefaults.setDiagnosticsOptions({
  noSemanticValidation: false,
  noSyntaxValidation: false,
  noSuggestionDiagnostics: true,
});
javascriptDefaults.setEagerModelSync(true);

/** What completion and checks know besides the language itself. */
export const declare = (files: Record<string, string>) =>
  javascriptDefaults.setExtraLibs(Object.entries(files).map(([name, content]) => ({ content, filePath: `ts:signet/${name}` })));

export { monaco };
