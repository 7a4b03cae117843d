/** The words of the hosted pages: the server's own phrase files, and the tenant's phrases over them. */
export type PhraseTree = { [name: string]: string | PhraseTree };

/** The files that the server is built with, by their path. Each is loaded when somebody looks at its language. */
const files = import.meta.glob<PhraseTree>('../../../../../crates/http/phrases/*.json', { import: 'default' });

const tagOf = (path: string) => path.replace(/^.*\/(.+)\.json$/, '$1');

/** Languages that the pages speak without anybody's doing. */
export const builtInTags = Object.keys(files).map(tagOf);

/** The phrases of a built-in language; those in English for others, because that is what the pages fall back to. */
export const builtInPhrases = async (tag: string): Promise<PhraseTree> => {
  const load = Object.entries(files).find(([path]) => tagOf(path) === tag)?.[1];
  if (load) return load();
  return tag === 'en' ? {} : builtInPhrases('en');
};

/** Every phrase by its path: `action.sign_in`. */
export const flatten = (tree: PhraseTree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([name, value]) => {
    const here = path ? `${path}.${name}` : name;
    return typeof value === 'string' ? [[here, value] as [string, string]] : flatten(value, here);
  });

/** The tree of what `flatten` made. Texts that are empty are left out. */
export const unflatten = (phrases: Record<string, string>): PhraseTree => {
  const root: PhraseTree = {};
  for (const [path, text] of Object.entries(phrases)) {
    if (text === '') continue;
    const names = path.split('.');
    const last = names.pop() ?? path;
    let here = root;
    for (const name of names) {
      here[name] ??= {};
      here = here[name] as PhraseTree;
    }
    here[last] = text;
  }
  return root;
};

export type Words = (key: string, values?: Record<string, string>) => string;

/** Says phrases: the tenant's own, then the language's. */
export const wordsOf = (builtIn: PhraseTree, own: PhraseTree): Words => {
  const known = new Map([...flatten(builtIn), ...flatten(own)]);
  return (key, values = {}) =>
    (known.get(key) ?? key).replace(/\{\{\s*([^},]+?)\s*(?:,[^}]*)?\}\}/g, (_, name: string) => values[name] ?? '');
};
