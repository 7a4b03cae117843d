/** Puts an application's own values into a guide, in the place of those that the text is written with. */
import type { Framework } from './frameworks';

/** What docs/guides/applications write where a reader's own value belongs. */
export const written = {
  endpoint: 'http://localhost:3001',
  appId: 'your-app-id',
  appSecret: 'your-app-secret',
  api: 'https://api.example.com',
  permission: 'read:orders',
};

export type GuideValues = {
  endpoint: string;
  appId: string;
  /** Left out while it should not be seen. */
  appSecret?: string;
  redirectUri?: string;
  postLogoutRedirectUri?: string;
  api?: string;
  permission?: string;
};

/** `http://localhost:3000` of `http://localhost:3000/callback`; nothing for the scheme of a native application. */
const originOf = (uri: string | undefined) => {
  const origin = uri && URL.canParse(uri) ? new URL(uri).origin : 'null';
  return origin === 'null' ? undefined : origin;
};

/** Longer texts first, so that an address is replaced before its origin is. */
const pairs = (framework: Framework, values: GuideValues): [string, string][] => {
  const { redirectUri, postLogoutRedirectUri } = framework;
  const all: [string | undefined, string | undefined][] = [
    [written.endpoint, values.endpoint],
    [written.appId, values.appId],
    [written.appSecret, values.appSecret],
    [written.api, values.api],
    [written.permission, values.permission],
    [redirectUri, values.redirectUri],
    [postLogoutRedirectUri, values.postLogoutRedirectUri],
    [originOf(redirectUri), originOf(values.redirectUri)],
  ];
  return all
    .filter((pair): pair is [string, string] => pair[0] !== undefined && pair[1] !== undefined)
    .sort(([one], [other]) => other.length - one.length);
};

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** All at once, so that a value that looks like another placeholder stays what it is. */
export const fillIn = (markdown: string, framework: Framework, values: GuideValues): string => {
  const known = pairs(framework, values);
  const replacements = new Map([...known].reverse());
  const any = new RegExp(known.map(([text]) => `${escaped(text)}(?![\\w-])`).join('|'), 'g');
  return markdown.replace(any, (found) => replacements.get(found) ?? found);
};
