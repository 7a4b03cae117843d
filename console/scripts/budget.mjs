// What a first visit loads before anything is done: the page's script with all that it imports at once, its styles, the
// frame, the dashboard and its phrases, in brotli. Fails over the budget. The code editor and the plots come later.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const budget = 250 * 1024;
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));

/** The chunks that the first page needs besides the entry. */
const first = [
  'src/phrases/en/first.ts',
  'src/routes/_app.tsx?tsr-split=component',
  'src/routes/_app/dashboard.tsx?tsr-split=component',
];

const files = new Set(['color-scheme.js']);
const visit = (key) => {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`the build has no chunk ${key}`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const style of chunk.css ?? []) files.add(style);
  for (const imported of chunk.imports ?? []) visit(imported);
};
for (const key of ['index.html', ...first]) visit(key);

const sizeOf = (file) => {
  try {
    return statSync(join(dist, `${file}.br`)).size;
  } catch {
    return brotliCompressSync(readFileSync(join(dist, file))).length;
  }
};

const sizes = [...files].map((file) => [file, sizeOf(file)]).sort(([, a], [, b]) => b - a);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);
const kilobytes = (size) => `${(size / 1024).toFixed(1).padStart(7)} KB`;
for (const [file, size] of sizes) console.log(`${kilobytes(size)}  ${file}`);
console.log(`${kilobytes(total)}  of ${kilobytes(budget).trim()}`);

const foreign = [...files].filter((file) => /monaco|editor|ts\.worker/.test(file));
if (foreign.length > 0) throw new Error(`the first visit loads the code editor: ${foreign.join(', ')}`);
if (total > budget) {
  console.error('the first visit loads too much');
  process.exit(1);
}
