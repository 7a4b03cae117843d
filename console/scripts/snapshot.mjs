// Takes the OpenAPI document of a running server into the tree: `npm run generate:snapshot -- http://localhost:3001`.
import { writeFileSync } from 'node:fs';

const endpoint = process.argv[2] ?? 'http://localhost:3001';
const answer = await fetch(`${endpoint}/api/swagger.json`);
if (!answer.ok) throw new Error(`${endpoint} answered ${answer.status}`);
writeFileSync(new URL('../openapi.json', import.meta.url), `${JSON.stringify(await answer.json(), null, 2)}\n`);
