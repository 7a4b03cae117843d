// `@logto/browser` as it is published, in Chromium, with a person on the server's pages.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { administratorOf } from './administrator.mjs';
import { launch, leave, openSite, ready, serveSite, signInOn } from './chromium.mjs';
import { startSignet } from './signet.mjs';

const indicator = 'https://orders.example/api';

let signet;
let site;
let browser;
let application;
let alice;

before(async () => {
  [signet, site, browser] = await Promise.all([startSignet(), serveSite('sites/logto-browser.mjs'), launch()]);
  const administrator = await administratorOf(signet);
  await administrator.resource(indicator, 'read');
  alice = await administrator.person('alice', { name: 'Alice', primaryEmail: 'alice@people.example' });
  application = await administrator.application('SPA', {
    oidcClientMetadata: { redirectUris: [`${site.origin}/callback`], postLogoutRedirectUris: [`${site.origin}/signed-out`] },
  });
});
after(async () => {
  await browser?.close();
  site?.close();
  await signet?.stop();
});

describe('@logto/browser', () => {
  it('signs a person in, reads userinfo, gets tokens, and signs out', async () => {
    const settings = { endpoint: signet.endpoint, appId: application.clientId, resources: [indicator], scopes: ['email', 'read'] };
    const { page, problems } = await openSite(browser, site.origin, `/?settings=${encodeURIComponent(JSON.stringify(settings))}`);
    await leave(page, 'signIn');
    await signInOn(page, alice, site.origin);
    await page.evaluate(() => window.site.finish());
    assert.ok(await page.evaluate(() => window.site.isSignedIn()));
    assert.equal((await page.evaluate(() => window.site.claims())).sub, alice.id);
    assert.equal((await page.evaluate(() => window.site.userinfo())).email, 'alice@people.example');

    const token = () => page.evaluate((resource) => window.site.token(resource), indicator);
    const first = decodeJwt(await token());
    assert.deepEqual([first.aud, first.sub], [indicator, alice.id]);
    await page.evaluate(() => window.site.forget());
    assert.notEqual(decodeJwt(await token()).jti, first.jti, 'a second refresh, with the refresh token that the first one gave');

    await leave(page, 'signOut');
    await page.waitForURL((url) => url.href.startsWith(`${site.origin}/signed-out`));
    await ready(page);
    assert.equal(await page.evaluate(() => window.site.isSignedIn()), false);
    await leave(page, 'signIn');
    await page.waitForURL((url) => url.pathname === '/sign-in');
    assert.deepEqual(problems, []);
  });
});
