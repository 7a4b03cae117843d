// A server with an empty database, its first administrator, and browsers in which they are signed in.
//
//   const world = await startWorld();               before
//   await world.api('POST', '/roles', { … });       what the story needs, by the Management API
//   const guest = await world.visit('roles');       a browser at /console/roles, signed in
//   await guest.page.getByRole('button', …).click();
//   await guest.holds('roles');                     axe, policy, width; a picture when SIGNET_PICTURES names a folder
//   await world.looksAt('roles', 'roles');          the same in light and dark, wide and on a phone, in Chinese
//   await world.stop();                             after
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { administratorOf } from '../../../tests/clients/administrator.mjs';
import { startSignet } from '../../../tests/clients/signet.mjs';
import { looks, openBrowser, openProfile, startChromium } from './browser.mjs';
import { serveConsole } from './proxy.mjs';

export const administrator = { username: 'admin', password: 'correct horse battery' };

const dist = process.env.CONSOLE_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const hasConsole = async (origin) => (await fetch(`${origin}/console/welcome`)).ok;

/** The server's own console, or dist/ in front of a server that has none. CONSOLE_DIST asks for the latter. */
const startServer = async () => {
  if (!process.env.CONSOLE_DIST) {
    const signet = await startSignet();
    if (await hasConsole(signet.adminEndpoint)) return { ...signet, console: signet.adminEndpoint };
    await signet.stop();
  }
  if (!existsSync(join(dist, 'index.html'))) throw new Error('there is no console: `npm run build` makes it');
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const signet = await startSignet({ ADMIN_ENDPOINT: origin });
  const adminPort = new URL(signet.adminEndpoint).port;
  const proxy = await serveConsole(dist, { port, adminPort, endpoint: signet.endpoint });
  const stop = async () => {
    proxy.close();
    await signet.stop();
  };
  return { ...signet, console: origin, stop };
};

export const startWorld = async () => {
  const server = await startServer();
  const chrome = await startChromium();
  const { api, resource, machine, application, person } = await administratorOf(server);

  /** A browser in which nobody is signed in. */
  const visitor = (options) => openBrowser(chrome, options);

  /** Registers the first administrator, and keeps the session's cookies. */
  const register = async () => {
    const guest = await visitor();
    try {
      await guest.page.goto(`${server.console}/console/welcome`);
      await registerFirstAdministrator(guest.page);
      return await guest.context.cookies();
    } finally {
      await guest.close();
    }
  };
  let registered;
  const signedIn = () => {
    registered ??= register();
    return registered;
  };

  /** A browser of the administrator, at a path below /console/. */
  const visit = async (path = '', options = {}) => {
    const guest = await visitor({ ...options, cookies: await signedIn() });
    await guest.page.goto(`${server.console}/console/${path}`);
    await guest.page.locator('#content').waitFor();
    return guest;
  };

  /** The page holds in every look, and in the other language. `until` waits for what the page is about. */
  const looksAt = async (name, path, until = (page) => page.getByRole('heading', { level: 1 }).waitFor()) => {
    for (const look of [...looks, { scheme: 'light', size: 'wide', locale: 'zh-CN' }]) {
      const guest = await visit(path, look);
      await until(guest.page);
      await guest.holds(name);
      await guest.close();
    }
  };

  const stop = async () => {
    await chrome.close();
    await server.stop();
  };

  return {
    server,
    url: (path) => `${server.console}/console/${path}`,
    api,
    resource,
    machine,
    application,
    person,
    visitor,
    visit,
    looksAt,
    stop,
  };
};

/** From the welcome page to the dashboard. */
export const registerFirstAdministrator = async (page) => {
  await page.getByRole('button', { name: 'Create the first administrator' }).click();
  await page.fill('#identifier', administrator.username);
  // The password is asked for twice.
  for (const field of await page.locator('input[type=password]').all()) await field.fill(administrator.password);
  await page.click('button[type=submit]');
  await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
};

/** Signs in on the hosted page. */
export const signIn = async (page, { username, password } = administrator) => {
  await page.fill('#identifier', username);
  await page.fill('#password', password);
  await page.click('button[type=submit]');
};

/**
 * The administrator in a browser with a profile that other programs drive by its debugging port.
 * @public Lighthouse uses it, from another folder.
 */
export const openSignedIn = async (world, { profile, port }) => {
  const browser = await openProfile(profile, port);
  const page = browser.pages()[0] ?? (await browser.newPage());
  await page.goto(world.url('welcome'));
  await registerFirstAdministrator(page);
  return browser;
};
