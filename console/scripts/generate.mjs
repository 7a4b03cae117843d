// Makes the types of the API client from the snapshot of the server's OpenAPI document. With --check it only compares,
// and fails when the file in the tree is not what the snapshot says.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const snapshot = new URL('../openapi.json', import.meta.url);
const target = new URL('../src/api/schema.gen.ts', import.meta.url);

const types = astToString(await openapiTS(snapshot, { alphabetize: false }));
const text = `// Generated from openapi.json by \`npm run generate\`; changes are lost.\n${types}`;

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error(`${fileURLToPath(target)} is stale: run \`npm run generate\``);
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
