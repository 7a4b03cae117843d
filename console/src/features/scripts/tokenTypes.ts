/** The two kinds of access tokens, each with a script of its own. */
export const tokenTypes = ['access-token', 'client-credentials'] as const;

/** As it is in addresses, of the API and of the console. */
export type TokenType = (typeof tokenTypes)[number];

export const isTokenType = (text: string): text is TokenType => (tokenTypes as readonly string[]).includes(text);

/** The key that the list of scripts has for a kind. */
export const listKeys: Record<TokenType, string> = {
  'access-token': 'jwt.accessToken',
  'client-credentials': 'jwt.clientCredentials',
};

/** The part of a phrase's key that names the kind. */
export const phraseOf = { 'access-token': 'user', 'client-credentials': 'machine' } as const satisfies Record<TokenType, string>;
