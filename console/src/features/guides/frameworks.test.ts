import { describe, expect, it } from 'vitest';
import { fillIn, written } from './fill';
import { frameworks, frameworksFor } from './frameworks';

const guides = import.meta.glob<string>('../../../../docs/guides/applications/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const textOf = (id: string) => guides[`../../../../docs/guides/applications/${id}.md`] ?? '';

describe('guides', () => {
  it('are there for every framework, and for no other', () => {
    const names = Object.keys(guides).map((path) => path.replace(/^.*\/|\.md$/g, ''));
    expect(names.sort()).toEqual(frameworks.map(({ id }) => id).sort());
  });

  it.each(frameworks.map((framework) => [framework.id, framework] as const))(
    'of %s leave no value of the text behind',
    (id, framework) => {
      const text = textOf(id);
      const addresses = [framework.redirectUri, framework.postLogoutRedirectUri].filter((uri) => uri !== undefined);
      const needed = [written.endpoint, written.appId, written.api, written.permission, ...addresses];
      for (const value of needed) expect(text, value).toContain(value);
      const filled = fillIn(text, framework, {
        endpoint: 'https://id.test',
        appId: 'real-app',
        appSecret: 'real-secret',
        api: 'https://api.test',
        permission: 'see:all',
        redirectUri: 'https://app.test/back',
        postLogoutRedirectUri: 'https://app.test/end',
      });
      for (const value of [...needed, written.appSecret]) expect(filled).not.toContain(value);
    },
  );

  it('for machines are for nothing else', () => {
    expect(frameworksFor('MachineToMachine').map(({ id }) => id)).toEqual(['machine-to-machine']);
    expect(frameworksFor('Native').map(({ id }) => id)).toEqual(['native', 'openid-connect']);
  });
});
