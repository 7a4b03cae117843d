/**
 * JSON for the editor, with its language service, which asks nobody for schemas: it is told them. Imported lazily, with the
 * tab that edits samples.
 */
// Before the language: it settles the services of the library.
import { monaco, workers } from './monaco';
// Loaded later by itself otherwise, as with scripts.
import 'monaco-editor/languages/features/json/jsonMode.js';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker.js?worker';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register.js';
import type { Schema } from '../sampleSchema';

workers.json = () => new JsonWorker();

/** Where a sample is, so that its schema is found. */
export const placeOf = (name: string) => monaco.Uri.parse(`ts:signet/${name}.json`);

/** What each sample may hold, by its name. What a script never sees is a warning: the server drops or refuses it. */
export const describe = (schemas: Record<string, Schema | undefined>) =>
  jsonDefaults.setDiagnosticsOptions({
    validate: true,
    allowComments: false,
    enableSchemaRequest: false,
    schemaValidation: 'warning',
    schemas: Object.entries(schemas).flatMap(([name, schema]) =>
      schema ? [{ uri: `signet:${name}`, fileMatch: [String(placeOf(name))], schema }] : [],
    ),
  });
