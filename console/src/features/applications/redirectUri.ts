/** Which addresses the server lets an application register, so that the form can say it first. */

const contentSchemes = ['about', 'blob', 'data', 'file', 'javascript', 'vbscript'];

const isWeb = (text: string) => {
  const [place = '', ...tail] = text.split(/[?#]/);
  if (!/^https?:\/\/[^/]/i.test(place) || tail.join('').includes('*')) return false;
  return URL.canParse(text.replaceAll('*', 'x'));
};

/** A web address, perhaps with `*` in its host or path, or one with the scheme of a native application. */
export const isRedirectUri = (text: string) => {
  if ([...text].some((character) => character <= ' ')) return false;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  if (!scheme) return false;
  if (scheme === 'http' || scheme === 'https') return isWeb(text);
  return !contentSchemes.includes(scheme) && URL.canParse(text);
};

/** An origin as browsers send it: nothing after host and port. `*` lets every origin in. */
export const isOrigin = (text: string) => {
  if (text === '*') return true;
  return URL.canParse(text) && /^https?:/i.test(text) && new URL(text).origin === text.toLowerCase();
};

/** What a list of texts means: those that are filled in, each once. */
export const filledIn = (texts: string[]) => [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))];
