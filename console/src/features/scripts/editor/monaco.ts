/**
 * The code editor's library with what a claims script needs of it: JavaScript, its language service, and the commands of
 * an editor. It is large, so only CodeEditor imports this, and the page loads that lazily.
 */
import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/caretOperations/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/features/codeAction/register.js';
import 'monaco-editor/features/codeEditor/register.js';
import 'monaco-editor/features/codicon/register.js';
import 'monaco-editor/features/comment/register.js';
import 'monaco-editor/features/contextmenu/register.js';
import 'monaco-editor/features/cursorUndo/register.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/features/folding/register.js';
import 'monaco-editor/features/format/register.js';
import 'monaco-editor/features/gotoError/register.js';
import 'monaco-editor/features/hover/register.js';
import 'monaco-editor/features/iPadShowKeyboard/register.js';
import 'monaco-editor/features/indentation/register.js';
import 'monaco-editor/features/linesOperations/register.js';
import 'monaco-editor/features/multicursor/register.js';
import 'monaco-editor/features/parameterHints/register.js';
import 'monaco-editor/features/quickCommand/register.js';
import 'monaco-editor/features/rename/register.js';
import 'monaco-editor/features/smartSelect/register.js';
import 'monaco-editor/features/snippet/register.js';
import 'monaco-editor/features/suggest/register.js';
// The part of the suggestions that shows them is not in the above.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/toggleTabFocusMode/register.js';
import 'monaco-editor/features/wordHighlighter/register.js';
import 'monaco-editor/features/wordOperations/register.js';
import 'monaco-editor/languages/definitions/javascript/register.js';
import 'monaco-editor/languages/definitions/typescript/register.js';
import * as monaco from 'monaco-editor/editor/editor.api.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import { javascriptDefaults, ScriptTarget } from 'monaco-editor/languages/features/typescript/register.js';
import LanguageWorker from 'monaco-editor/languages/features/typescript/ts.worker.js?worker';
import { defineThemes } from './themes';

/** The library asks this global for its workers. They are files of the console's own. */
(globalThis as { MonacoEnvironment?: monaco.Environment }).MonacoEnvironment = {
  getWorker: (_module, label) => (label === 'javascript' || label === 'typescript' ? new LanguageWorker() : new EditorWorker()),
};

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
