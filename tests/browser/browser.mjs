// A real Chromium, and what every page that it opens is held to: no error in its console, nothing that its policy had to
// stop, no request to another host, and no finding of axe.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Where pictures of all pages go, for people to look at. None are taken when it is not set. */
const pictures = process.env.SIGNET_PICTURES;

const program = () => {
  const named = process.env.CHROMIUM;
  const found = [named, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
  if (!found) throw new Error('there is no Chromium: scripts/setup installs it, or name it in CHROMIUM');
  return found;
};

/** Containers have neither the namespaces of Chromium's own sandbox nor much shared memory. */
export const startChromium = () =>
  chromium.launch({ executablePath: program(), args: ['--no-sandbox', '--disable-dev-shm-usage'] });

const sizes = { wide: { width: 1100, height: 820 }, phone: { width: 375, height: 740 } };

/** The looks in which every page is checked. */
export const looks = ['light', 'dark'].flatMap((scheme) => Object.keys(sizes).map((size) => ({ scheme, size })));

/** A browser of its own, with its cookies. */
export const visitor = async (chrome, { scheme = 'light', size = 'wide', script = true, locale = 'en-US' } = {}) => {
  const context = await chrome.newContext({ colorScheme: scheme, viewport: sizes[size], javaScriptEnabled: script, locale });
  const page = await context.newPage();
  const problems = [];
  const hosts = new Set();
  page.on('console', (message) => {
    // A refused form is answered with its page and a status that says so; Chromium reports the status.
    const isStatus = /Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isStatus) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  return {
    page,
    context,
    hosts,
    problems,
    close: () => context.close(),

    /** The page as it is now is usable, and did nothing that it may not. */
    async holds(name) {
      assert.deepEqual(problems, [], `${name} (${scheme}, ${size})`);
      await picture(page, `${name}.${scheme}.${size}`);
      const findings = script ? await withAxe(page) : [];
      assert.deepEqual(findings, [], `${name} (${scheme}, ${size})`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth).catch(() => 0);
      assert.ok(wide <= 0, `${name} is ${wide} pixels too wide (${size})`);
    },
  };
};

const picture = async (page, name) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
};

/** What axe finds. The debugger runs it, so the page's policy does not stop it. It needs script itself: what it looks at
 * is the same without, but for the button that shows a password. */
const withAxe = async (page) => {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`);
};
