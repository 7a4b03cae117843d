/** Declarations, read as JSON Schema. */
import { expect, test } from 'vitest';
import { declarations } from './declarations';
import { schemaOf } from './sampleSchema';
import { tokenTypes } from './tokenTypes';

const text = `/** Whom. */
declare type Context = {
  /** A person; always. */
  user: User;
  kind?: 'one' | 'two';
  names: (string | null)[];
  roles: {
    id: string;
  }[];
  data: Record<string, number>;
};

declare type User = {
  id: string;
};
`;

test('a declaration is read with the types that it names', () => {
  const user = { type: 'object', properties: { id: { type: 'string' } }, additionalProperties: false };
  const schema = schemaOf(text, 'Context');
  expect(schema?.definitions?.User).toEqual(user);
  expect(schema?.properties).toEqual({
    user: { description: 'A person; always.', anyOf: [{ $ref: '#/definitions/User' }] },
    kind: { type: 'string', enum: ['one', 'two'] },
    names: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
    roles: { type: 'array', items: user },
    data: { type: 'object', additionalProperties: { type: 'number' } },
  });
  expect(schemaOf(text, 'Nobody')).toBeUndefined();
});

test('whatever a token or a context of the server names is known', () => {
  for (const kind of tokenTypes) {
    for (const name of [kind === 'access-token' ? 'AccessTokenPayload' : 'ClientCredentialsPayload', 'Context']) {
      const schema = schemaOf(declarations[kind], name);
      const written = JSON.stringify(schema);
      for (const [, wanted] of written.matchAll(/#\/definitions\/(\w+)/g))
        expect(schema?.definitions).toHaveProperty(wanted ?? '');
      expect(Object.keys(schema?.properties ?? {}).length, `${kind} ${name}`).toBeGreaterThan(2);
    }
  }
});
