/** The grammar of API identifiers, so that the form can say it before the server does (RFC 8707 §2). */
export const isIndicator = (text: string) => {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text) || text.includes('#')) return false;
  return URL.canParse(text);
};
