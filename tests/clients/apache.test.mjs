// mod_auth_openidc as Debian packages it, in front of a page of Apache.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { administratorOf } from './administrator.mjs';
import { freePort, startApache } from './apache.mjs';
import { newBrowser } from './browser.mjs';
import { eventually, startSignet } from './signet.mjs';

let signet;
let apache;
let administrator;
let alice;

before(async () => {
  // The module is told of logouts on this machine, which the server would not call otherwise.
  signet = await startSignet({ SIGNET_EGRESS_ALLOW: 'localhost' });
  administrator = await administratorOf(signet);
  alice = await administrator.person('alice', { name: 'Alice', primaryEmail: 'alice@people.example' });
  const port = await freePort();
  const callback = `http://localhost:${port}/inside/callback`;
  const application = await administrator.application('Traditional', {
    oidcClientMetadata: {
      redirectUris: [callback],
      postLogoutRedirectUris: [`http://localhost:${port}/outside/`],
      backchannelLogoutUri: `${callback}?logout=backchannel`,
      backchannelLogoutSessionRequired: true,
    },
  });
  apache = await startApache({ port, issuer: signet.issuer, ...application });
});
after(async () => {
  await apache?.stop();
  await signet?.stop();
});

/** Opens the page behind the module, signing in where the server asks. */
const enter = async (browser) => {
  const { callback: asked } = await browser.visit(`${apache.origin}/inside/`);
  assert.ok(asked.href.startsWith(`${signet.issuer}/auth?`), asked.href);
  const { callback, signIns } = await browser.visit(asked, { person: alice });
  const { page } = await browser.visit(callback);
  assert.match(page.text, /inside/, `${page.status} ${page.text} ${await apache.errors()}`);
  return { signIns };
};

const sessionOf = async (browser) => (await browser.send(`${apache.origin}/inside/callback?info=json`)).body;

describe('mod_auth_openidc', () => {
  it('lets nobody in who has not signed in', async () => {
    const { callback } = await newBrowser().visit(`${apache.origin}/inside/`);
    assert.equal(callback.origin, signet.endpoint);
    const asked = await newBrowser().send(`${apache.origin}/inside/`, { headers: { accept: 'application/json' } });
    assert.equal(asked.status, 401, 'a program is not sent to sign in');
  });

  it('signs a person in and reads userinfo', async () => {
    const browser = newBrowser();
    await enter(browser);
    const { userinfo, id_token: claims } = await sessionOf(browser);
    assert.equal(claims.sub, alice.id);
    assert.equal(userinfo.sub, alice.id);
    assert.equal(userinfo.email, 'alice@people.example');
  });

  it('refreshes its access token', async () => {
    const browser = newBrowser();
    await enter(browser);
    const { access_token: token } = await sessionOf(browser);
    const query = new URLSearchParams({ refresh: `${apache.origin}/inside/`, access_token: token });
    const answer = await browser.send(`${apache.origin}/inside/callback?${query}`);
    assert.equal(answer.location?.href, `${apache.origin}/inside/`, await apache.errors());
    assert.notEqual((await sessionOf(browser)).access_token, token);
  });

  it('signs out: of the module, and of the server', async () => {
    const browser = newBrowser();
    await enter(browser);
    const query = new URLSearchParams({ logout: `${apache.origin}/outside/` });
    const { callback: end } = await browser.visit(`${apache.origin}/inside/callback?${query}`);
    assert.ok(end.href.startsWith(`${signet.issuer}/session/end?`), end.href);
    const { page } = await browser.visit(end);
    const { callback } = await browser.press(page);
    assert.equal(`${callback.origin}${callback.pathname}`, `${apache.origin}/outside/`);
    assert.equal((await enter(browser)).signIns, 1, 'the server asks for the password again');
  });

  it('hears of a logout that another application started', async () => {
    const browser = newBrowser();
    await enter(browser);
    const { page } = await browser.visit(`${signet.issuer}/session/end`);
    await browser.press(page);
    const isOut = async () => ((await browser.visit(`${apache.origin}/inside/`)).callback ? true : undefined);
    await eventually(isOut, { within: 5000, what: `the module to end its session: ${await apache.errors()}` });
  });
});
