/**
 * Loads the editors, which are large, when a script is opened. Their library reads its own words (menus, search, commands)
 * while it starts, so it stays in the language that the page had then, until the page is loaded anew.
 */
import { declarations } from './declarations';
import { schemaOf } from './sampleSchema';
import { tokenTypes } from './tokenTypes';

/** The languages of the library that the console has as well, besides English. */
const translations: Record<string, () => Promise<unknown>> = {
  'zh-CN': () => import('monaco-editor/nls/lang/zh-cn.js'),
};

const nearest = (language: string) => (translations[language] ? language : 'en');

let spoken: string | undefined;

/** Whether the library has started already, in another language than it would have now. */
export const speaksOtherThan = (language: string) => spoken !== undefined && spoken !== nearest(language);

const learn = async (language: string) => {
  spoken ??= nearest(language);
  await translations[spoken]?.();
};

/** The library by itself, for code that is only read. Whoever needs it comes by here: the first to load it decides its words. */
export const loadLibrary = async (language: string) => {
  await learn(language);
  return (await import('./editor/monaco')).monaco;
};

export const loadEditor = async (language: string) => {
  await learn(language);
  const { CodeEditor } = await import('./editor/CodeEditor');
  return { default: CodeEditor };
};

/** The editor of samples, told what those of each kind may hold. */
export const loadSampleEditor = async (language: string) => {
  await learn(language);
  const [{ SampleEditor }, { describe }] = await Promise.all([import('./editor/SampleEditor'), import('./editor/json')]);
  const schemas = tokenTypes.flatMap((kind) => [
    [`${kind}-token`, schemaOf(declarations[kind], kind === 'access-token' ? 'AccessTokenPayload' : 'ClientCredentialsPayload')],
    [`${kind}-context`, schemaOf(declarations[kind], 'Context')],
  ]);
  describe(Object.fromEntries(schemas));
  return { default: SampleEditor };
};
