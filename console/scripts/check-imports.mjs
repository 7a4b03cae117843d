// Imports go one way: routes → features → components, and the API is asked by routes and features only. This reads every
// import of src/ and fails when one points up or sideways. Tests may read what they need.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../src', import.meta.url));

/** What each folder may import from, besides itself. */
const foundations = ['i18n', 'theme', 'config'];
const allowed = {
  phrases: ['i18n'],
  theme: [],
  config: [],
  i18n: ['phrases'],
  components: [...foundations],
  auth: ['config'],
  api: ['auth', ...foundations],
  features: ['components', 'api', 'auth', ...foundations],
  routes: ['features', 'components', 'api', 'auth', ...foundations],
};

const folderOf = (path) => relative(source, path).split('/')[0];
const files = readdirSync(source, { recursive: true })
  .filter((name) => /(?<!\.test)\.tsx?$/.test(name) && name.includes('/'))
  .map((name) => join(source, name));

const wrong = files.flatMap((file) => {
  const from = folderOf(file);
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'((?:@\/|\.)[^']*)'/g)].flatMap(([, name]) => {
    const target = name.startsWith('@/') ? join(source, name.slice(2)) : join(dirname(file), name);
    const to = folderOf(target);
    const fine = to === from || (allowed[from] ?? []).includes(to);
    return fine ? [] : [`${relative(source, file)} (${from}) may not import ${name} (${to})`];
  });
});

if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
