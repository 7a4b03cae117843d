// An application with a page to come back to, people who sign in to it, and what an administrator sets.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { administratorOf } from '../clients/administrator.mjs';
import { startSignet } from '../clients/signet.mjs';

export const password = 'correct horse battery';

/** Somebody else's server: the application, and whatever nobody should ask for. `asked` are the paths that were. */
const startElsewhere = async () => {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><html lang="en"><title>Application</title><main><h1>Application</h1></main></html>');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { origin: `http://localhost:${server.address().port}`, asked, close: () => server.close() };
};

/** Everything that the tests need around a browser. */
export const startEverything = async () => {
  const signet = await startSignet();
  const elsewhere = await startElsewhere();
  const administrator = await administratorOf(signet);
  const { api } = administrator;
  const redirectUri = `${elsewhere.origin}/callback`;

  const application = (name, settings = {}) =>
    api('POST', '/applications', {
      name,
      type: 'SPA',
      oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [`${elsewhere.origin}/signed-out`] },
      ...settings,
    });

  /** Lets an application of somebody else ask people for more. */
  const mayAsk = ({ id }, scopes) => api('POST', `/applications/${id}/user-consent-scopes`, scopes);

  /** An authorization request of an application. */
  const request = (client, parameters = {}) => {
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: client.id,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid profile',
      state: 'kept',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...parameters,
    });
    return `${signet.endpoint}/oidc/auth?${query}`;
  };

  return {
    signet,
    elsewhere,
    api,
    redirectUri,
    application,
    mayAsk,
    request,
    stop: async () => {
      elsewhere.close();
      await signet.stop();
    },
  };
};

/** Types a name and a password, and presses the button. */
export const signIn = async (page, username, secret = password) => {
  await page.fill('#identifier', username);
  await page.fill('#password', secret);
  await page.click('button[type=submit]');
};
