// RP-initiated logout plan (OpenID Connect RP-Initiated Logout 1.0).
import assert from 'node:assert/strict';
import { SignJWT, UnsecuredJWT, decodeJwt, decodeProtectedHeader, generateKeyPair } from 'jose';
import { checkErrorPage, checkRefusal } from '../checks.mjs';
import { authorize, random, signIn } from '../relying-party.mjs';
import { needsPerson } from './sessions.mjs';

/** Somebody signs in and is sent to the end session endpoint; `change` makes the request what a module wants. */
export const logOut = async (op, change = (parameters) => parameters, settings = {}) => {
  const [client, person, browser] = [await op.client(settings), await op.person(), op.browser()];
  const signedIn = await signIn(op, client, { browser, person });
  // Long, so that a provider which cuts it is found out.
  const state = random(96);
  const usual = { id_token_hint: signedIn.tokens.id_token, post_logout_redirect_uri: client.postLogoutRedirectUri, state };
  const query = new URLSearchParams(await change(usual, signedIn));
  const shown = await browser.visit(`${op.metadata.end_session_endpoint}?${query}`);
  return { client, person, browser, state, shown, ...signedIn };
};

/** The person confirms on the page, as a browser with scripts does without being asked. */
export const confirmed = ({ shown, browser }) => {
  if (shown.callback) return shown;
  assert.equal(shown.page.status, 200, `${shown.page.status} ${shown.page.text.slice(0, 300)}`);
  return browser.press(shown.page);
};

export const isLoggedOut = async (op, { client, browser }) => {
  const again = await authorize(op, client, { browser, prompt: 'none' });
  checkRefusal(op, client, again, needsPerson);
};

const isStillSignedIn = async (op, { client, browser, claims }) => {
  const again = await signIn(op, client, { browser, prompt: 'none' });
  assert.equal(again.claims.sub, claims.sub);
};

/** The browser is back at the client, with these parameters and no others. */
export const isBack = ({ callback, page }, client, parameters) => {
  assert.ok(callback, `no redirect, but ${page?.status} ${page?.text.slice(0, 300)}`);
  assert.equal(`${callback.origin}${callback.pathname}`, client.postLogoutRedirectUri);
  assert.deepEqual(Object.fromEntries(callback.searchParams), parameters);
};

/** The provider tells the person on a page of its own. */
const isShown = ({ callback, page }) => {
  assert.equal(callback, undefined, `redirected to ${callback}`);
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type'), /^text\/html/);
};

/** Logs out on a page of the provider, without a redirect. */
const endsOnPage = (change) => ({
  run: async (op) => {
    const ending = await logOut(op, change);
    isShown(ending.shown);
    isShown(await confirmed(ending));
    await isLoggedOut(op, ending);
  },
  notices: ['nobody is logged out', 'every logout ends at the client'],
});

/** Is refused with an error, without a redirect, and the session lives on. */
const isRefused = (change) => ({
  run: async (op) => {
    const ending = await logOut(op, change);
    checkErrorPage(ending.shown);
    await isStillSignedIn(op, ending);
  },
  notices: ['every logout ends at the client'],
});

const without = (...names) => (usual) => Object.fromEntries(Object.entries(usual).filter(([name]) => !names.includes(name)));

export const logout = {
  'oidcc-rp-initiated-logout-discovery-endpoint-verification': {
    run: async (op) => {
      assert.equal(op.discovery.status, 200);
      assert.ok(op.metadata.end_session_endpoint, 'there is an end session endpoint');
      const { protocol, hash } = new URL(op.metadata.end_session_endpoint);
      assert.deepEqual([protocol, hash], ['https:', '']);
      const answer = await op.send(op.metadata.end_session_endpoint);
      assert.equal(answer.status, 200);
    },
    notices: ['an endpoint is not protected by TLS', 'there is no end session endpoint'],
  },

  'oidcc-rp-initiated-logout': {
    run: async (op) => {
      const ending = await logOut(op);
      isBack(await confirmed(ending), ending.client, { state: ending.state });
      await isLoggedOut(op, ending);
    },
    notices: ['nobody is logged out', 'state is forgotten', 'state loses its last character'],
  },

  'oidcc-rp-initiated-logout-no-state': {
    run: async (op) => {
      const ending = await logOut(op, without('state'));
      isBack(await confirmed(ending), ending.client, {});
      await isLoggedOut(op, ending);
    },
    notices: ['nobody is logged out', 'logout invents a state'],
  },

  'oidcc-rp-initiated-logout-no-params': endsOnPage(() => ({})),
  'oidcc-rp-initiated-logout-no-post-logout-redirect-uri': endsOnPage(without('post_logout_redirect_uri')),
  'oidcc-rp-initiated-logout-only-state': endsOnPage(without('id_token_hint', 'post_logout_redirect_uri')),
  // Nobody vouches for the client, so the URI must not be followed, whatever the person says.
  'oidcc-rp-initiated-logout-no-id-token-hint': endsOnPage(without('id_token_hint')),

  'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri': isRefused((usual) => ({
    ...usual,
    post_logout_redirect_uri: 'https://rp.example/never-registered',
  })),

  'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri': isRefused((usual) => ({
    ...usual,
    post_logout_redirect_uri: `${usual.post_logout_redirect_uri}?foo=bar`,
  })),

  'oidcc-rp-initiated-logout-modified-id-token-hint': isRefused((usual) => ({
    ...usual,
    id_token_hint: new UnsecuredJWT(decodeJwt(usual.id_token_hint)).encode(),
  })),

  'oidcc-rp-initiated-logout-bad-id-token-hint': isRefused(async (usual) => {
    const { privateKey } = await generateKeyPair('RS256');
    const header = decodeProtectedHeader(usual.id_token_hint);
    return { ...usual, id_token_hint: await new SignJWT(decodeJwt(usual.id_token_hint)).setProtectedHeader(header).sign(privateKey) };
  }),
};
