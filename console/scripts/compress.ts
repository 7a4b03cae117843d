/**
 * Lays `app.js.br` and `app.js.gz` beside `app.js`, so that the server compresses nothing at run time. Scripts and styles
 * all get both: the program carries them in no other form.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const texts = new Set(['.js', '.css', '.svg', '.json', '.txt']);

export const compress = (): Plugin => {
  let folder = 'dist';
  return {
    name: 'compress',
    apply: 'build',
    configResolved: ({ build }) => {
      folder = build.outDir;
    },
    closeBundle: async () => {
      const names = await readdir(folder, { recursive: true });
      for (const name of names.filter((candidate) => texts.has(extname(candidate)))) {
        const path = join(folder, name);
        const content = await readFile(path);
        // The largest files are the code editor's; the last percent of theirs would take a minute.
        const quality = content.length > 2_000_000 ? 9 : constants.BROTLI_MAX_QUALITY;
        await writeFile(
          `${path}.br`,
          await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
        );
        await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
      }
    },
  };
};
