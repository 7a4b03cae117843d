// A real browser, and a site in it: pages that are one script each, bundled from a file with the packages it names.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const program = () => process.env.CHROMIUM || execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();

/** As root, which containers are, Chromium needs to be told not to confine its pages. */
const confinement = process.getuid() === 0 ? ['--no-sandbox'] : [];

export const launch = () => chromium.launch({ executablePath: program(), args: [...confinement, '--disable-dev-shm-usage'] });

const html = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A site</title><script type="module" src="/site.js"></script></html>';

/** Serves the same page at every path; its script is the bundled file, which makes `window.site`. */
export const serveSite = async (file) => {
  const entry = fileURLToPath(new URL(file, import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', logLevel: 'error' });
  const server = createServer((incoming, answer) => {
    const isScript = incoming.url === '/site.js';
    answer.setHeader('content-type', isScript ? 'text/javascript' : 'text/html').end(isScript ? outputFiles[0].contents : html);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const close = () => (server.closeAllConnections(), server.close());
  return { origin: `http://localhost:${server.address().port}`, close };
};

/** A page of its own, on the site, with the script ready. Errors of the page end up in `problems`. */
export const openSite = async (browser, origin, path = '/') => {
  const page = await (await browser.newContext()).newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`${origin}${path}`);
  await ready(page);
  return { page, problems };
};

export const ready = (page) => page.waitForFunction(() => window.site !== undefined);

/** Calls a function of the site that ends in another page, and so never returns here. */
export const leave = (page, name) => page.evaluate((name) => void window.site[name](), name);

/** Fills in the server's page as a person would, which leads back to the site. */
export const signInOn = async (page, { username, password }, site) => {
  await page.locator('input[autocomplete="username"]').fill(username);
  await page.locator('input[autocomplete="current-password"]').fill(password);
  await page.locator('form button[type="submit"]').first().click();
  await page.waitForURL((url) => url.origin === site);
  await ready(page);
};
