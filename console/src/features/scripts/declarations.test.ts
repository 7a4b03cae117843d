/** Taking one declaration out of many. */
import { expect, test } from 'vitest';
import { declarationOf, declarations } from './declarations';
import { tokenTypes } from './tokenTypes';

const text = `/** Whom. */
declare type Context = {
  /** A person; always. */
  user: User;
  roles: { id: string; name: string }[];
};
interface User {
  id: string;
}
type Payload = { context: Context };
`;

test('a declaration is taken whole, and nothing after it', () => {
  expect(declarationOf(text, 'Context')).toBe(
    'type Context = {\n  /** A person; always. */\n  user: User;\n  roles: { id: string; name: string }[];\n};',
  );
  expect(declarationOf(text, 'User')).toBe('interface User {\n  id: string;\n}');
  expect(declarationOf(text, 'Payload')).toBe('type Payload = { context: Context };');
  expect(declarationOf(text, 'Nothing')).toBeUndefined();
});

test('what the guides show is declared', () => {
  const names = ['Context', 'Payload', 'CustomJwtApiContext', 'JwtCustomizerApplicationContext'];
  for (const kind of tokenTypes) {
    for (const name of names) expect(declarationOf(declarations[kind], name), `${kind} ${name}`).toBeDefined();
  }
});
