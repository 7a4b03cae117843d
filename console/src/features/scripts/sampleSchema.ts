/**
 * What a mock token and a mock context may hold, as JSON Schema, for the editor of both. It is read from the declarations
 * that the script's editor completes from, so it follows the server's own types too. No member has to be there: the server
 * takes parts.
 */
import { declarationOf } from './declarations';

export type Schema = {
  description?: string;
  type?: string | string[];
  enum?: string[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  $ref?: string;
  definitions?: Record<string, Schema>;
};

/** The schema of one declared type, with those that it names. Nothing, when there is no such type. */
export const schemaOf = (text: string, name: string): Schema | undefined => {
  const definitions: Record<string, Schema> = {};
  const define = (wanted: string) => {
    if (definitions[wanted]) return;
    const declaration = declarationOf(text, wanted);
    if (!declaration) return;
    definitions[wanted] = {};
    const { schema, names } = read(declaration.replace(/^type \w+ = /, ''));
    definitions[wanted] = schema;
    for (const other of names) define(other);
  };
  define(name);
  return definitions[name] && { ...definitions[name], definitions };
};

const word = /\/\*\*.*?\*\/|'[^']*'|\w+|[^\s\w]/gs;

const plain: Record<string, Schema> = {
  string: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  null: { type: 'null' },
  any: {},
};

/** A type in the few words of TypeScript that the declarations are written in. */
const read = (type: string) => {
  const words = type.match(word) ?? [];
  const names: string[] = [];
  let at = 0;
  const next = () => words[at++] ?? '';
  const skip = (expected: string) => {
    if (words[at] !== expected) return false;
    at += 1;
    return true;
  };

  const union = (): Schema => {
    const options = [list()];
    while (skip('|')) options.push(list());
    const texts = options.flatMap((option) => option.enum ?? []);
    if (texts.length === options.length) return { type: 'string', enum: texts };
    return options.length === 1 ? (options[0] as Schema) : { anyOf: options };
  };

  const list = (): Schema => {
    let schema = single();
    while (skip('[') && skip(']')) schema = { type: 'array', items: schema };
    return schema;
  };

  const single = (): Schema => {
    if (skip('{')) return members();
    if (skip('(')) {
      const inner = union();
      skip(')');
      return inner;
    }
    const name = next();
    if (name.startsWith("'")) return { type: 'string', enum: [name.slice(1, -1)] };
    if (name === 'Record') return record();
    if (plain[name]) return plain[name];
    names.push(name);
    return { $ref: `#/definitions/${name}` };
  };

  /** `Record<string, …>`. */
  const record = (): Schema => {
    for (const expected of ['<', 'string', ',']) skip(expected);
    const additionalProperties = union();
    skip('>');
    return { type: 'object', additionalProperties };
  };

  const members = (): Schema => {
    const properties: Record<string, Schema> = {};
    while (at < words.length && !skip('}')) {
      const doc = words[at]?.startsWith('/**') ? next().slice(3, -2).trim() : undefined;
      const name = next();
      skip('?');
      skip(':');
      const schema = union();
      // Beside a reference nothing else is read, in older drafts.
      properties[name] = doc ? { description: doc, ...(schema.$ref ? { anyOf: [schema] } : schema) } : schema;
      skip(';');
    }
    return { type: 'object', properties, additionalProperties: false };
  };

  return { schema: union(), names };
};
