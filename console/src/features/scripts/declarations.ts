/** The declarations that the editor knows: generated from the server's own types, so that they say what scripts get. */
import accessToken from './generated/access-token.d.ts?raw';
import clientCredentials from './generated/client-credentials.d.ts?raw';
import web from './generated/web.d.ts?raw';
import type { TokenType } from './tokenTypes';

export const declarations: Record<TokenType, string> = {
  'access-token': accessToken,
  'client-credentials': clientCredentials,
};

/** What every script finds in its world. */
export { web };

/** The text of one declaration, for people to read: from its name to the brace or semicolon that ends it. */
export const declarationOf = (text: string, name: string): string | undefined => {
  const start = new RegExp(`^(?:export |declare )*(?:type|interface|class) ${name}\\b`, 'm').exec(text);
  if (!start) return undefined;
  let depth = 0;
  for (let at = start.index; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[' || character === '(') depth += 1;
    if (character === '}' || character === ']' || character === ')') depth -= 1;
    const isInterface = start[0].includes('interface') || start[0].includes('class');
    const isEnd = depth === 0 && (character === ';' || (isInterface && character === '}'));
    if (isEnd) return text.slice(start.index, at + 1).replace(/^(?:export |declare )+/, '');
  }
  return undefined;
};
