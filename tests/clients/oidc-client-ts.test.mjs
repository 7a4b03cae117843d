// `oidc-client-ts` as it is published, in Chromium, with a person on the server's pages.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { administratorOf } from './administrator.mjs';
import { launch, leave, openSite, ready, serveSite, signInOn } from './chromium.mjs';
import { startSignet } from './signet.mjs';

let signet;
let site;
let browser;
let application;
let alice;

before(async () => {
  [signet, site, browser] = await Promise.all([startSignet(), serveSite('sites/oidc-client-ts.mjs'), launch()]);
  const administrator = await administratorOf(signet);
  alice = await administrator.person('alice', { name: 'Alice', primaryEmail: 'alice@people.example' });
  application = await administrator.application('SPA', {
    oidcClientMetadata: {
      redirectUris: [`${site.origin}/callback`, `${site.origin}/silent`],
      postLogoutRedirectUris: [`${site.origin}/signed-out`],
    },
  });
});
after(async () => {
  await browser?.close();
  site?.close();
  await signet?.stop();
});

const open = (settings) => {
  const all = { authority: signet.issuer, client_id: application.clientId, ...settings };
  return openSite(browser, site.origin, `/?settings=${encodeURIComponent(JSON.stringify(all))}`);
};
const offline = { scope: 'openid profile email offline_access', prompt: 'consent' };

const signIn = async (page) => {
  await leave(page, 'signIn');
  await signInOn(page, alice, site.origin);
  return page.evaluate(() => window.site.finish());
};

describe('oidc-client-ts', () => {
  it('signs a person in, reads userinfo, refreshes, and signs out', async () => {
    const { page, problems } = await open(offline);
    const user = await signIn(page);
    assert.equal(user.profile.sub, alice.id);
    assert.equal(user.profile.name, 'Alice');
    assert.equal(user.profile.username, 'alice', 'a claim that only userinfo has been asked for');

    const refreshed = await page.evaluate(() => window.site.refresh());
    assert.notEqual(refreshed.accessToken, user.accessToken);
    assert.notEqual(refreshed.refreshToken, user.refreshToken, 'a public client gets a new one each time');
    assert.equal(refreshed.profile.sub, alice.id);

    await leave(page, 'signOut');
    await page.waitForURL((url) => url.href.startsWith(`${site.origin}/signed-out`));
    await ready(page);
    assert.equal(await page.evaluate(() => window.site.finishSignOut()), 'bye');
    assert.equal(await page.evaluate(() => window.site.user()), null);

    await leave(page, 'signIn');
    await page.waitForURL((url) => url.pathname === '/sign-in');
    assert.deepEqual(problems, []);
  });

  it('renews in a frame, without a refresh token', async () => {
    const { page, problems } = await open({ scope: 'openid profile', silent_redirect_uri: `${site.origin}/silent` });
    const user = await signIn(page);
    assert.equal(user.refreshToken, undefined);
    const renewed = await page.evaluate(() => window.site.refresh());
    assert.notEqual(renewed.accessToken, user.accessToken);
    assert.equal(renewed.profile.sub, alice.id);
    assert.deepEqual(problems, []);
  });

  it('revokes its tokens', async () => {
    const { page } = await open(offline);
    const { refreshToken } = await signIn(page);
    await page.evaluate(() => window.site.revoke());
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: application.clientId });
    const answer = await fetch(`${signet.issuer}/token`, { method: 'POST', body: form });
    assert.equal((await answer.json()).error, 'invalid_grant');
  });
});
