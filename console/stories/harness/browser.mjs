// A real Chromium, and what every page that it opens is held to: no error in its console, nothing that its policy had to
// stop, no request to another host, no finding of axe, nothing wider than the screen.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { eventually } from '../../../tests/clients/signet.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Where pictures of all pages go, for people to look at. None are taken when it is not set. */
const pictures = process.env.SIGNET_PICTURES;

const program = () => {
  const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) throw new Error('there is no Chromium: scripts/setup installs it, or name it in CHROMIUM');
  return found;
};

/** Containers have neither the namespaces of Chromium's own sandbox nor much shared memory. */
const flags = ['--no-sandbox', '--disable-dev-shm-usage'];

export const startChromium = () => chromium.launch({ executablePath: program(), args: flags });

/** A browser whose profile is a folder, and which listens at a port for whoever wants to drive it. */
export const openProfile = (folder, port) =>
  chromium.launchPersistentContext(folder, { executablePath: program(), args: [...flags, `--remote-debugging-port=${port}`] });

const sizes = { wide: { width: 1280, height: 860 }, phone: { width: 375, height: 740 } };

/** The looks in which every page is checked. */
export const looks = ['light', 'dark'].flatMap((scheme) => Object.keys(sizes).map((size) => ({ scheme, size })));

/** A browser of its own, with its cookies. */
export const openBrowser = async (chrome, { scheme = 'light', size = 'wide', locale = 'en-US', cookies = [] } = {}) => {
  const context = await chrome.newContext({
    colorScheme: scheme,
    viewport: sizes[size],
    locale,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await context.addCookies(cookies);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const problems = [];
  const hosts = new Set();
  const expected = [];
  page.on('console', (message) => {
    const text = message.text();
    // A refusal is an answer; Chromium reports its status.
    if (/Failed to load resource: the server responded with a status of 4\d\d/.test(text)) return;
    if (!['error', 'warning'].includes(message.type()) || expected.some((pattern) => pattern.test(text))) return;
    problems.push(text);
  });
  const quiet = watchRequests(page);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http')) hosts.add(host);
  });
  const where = `(${scheme}, ${size}, ${locale})`;
  return {
    page,
    context,
    hosts,
    problems,
    close: () => context.close(),

    /** Errors in the browser's console that this story brings about itself. */
    expects: (pattern) => expected.push(pattern),

    /** The page as it is now is usable, and did nothing that it may not. */
    async holds(name) {
      await quiet();
      await settled(page);
      await picture(page, `${name}.${scheme}.${size}${locale === 'en-US' ? '' : `.${locale}`}`);
      assert.deepEqual(problems, [], `${name} ${where}`);
      assert.deepEqual(await findings(page), [], `${name} ${where}`);
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(tooWide <= 0, `${name} is ${tooWide} pixels too wide ${where}`);
    },
  };
};

/**
 * Waits until no request has been on its way for half a second. Playwright's `networkidle` wants it of every frame, and now
 * and then never hears of one whose document the page wrote itself, as that of the preview.
 */
const watchRequests = (page) => {
  const running = new Set();
  let since = Date.now();
  const counts = (change) => (request) => {
    change(request);
    since = Date.now();
  };
  page.on(
    'request',
    counts((request) => running.add(request)),
  );
  page.on(
    'requestfinished',
    counts((request) => running.delete(request)),
  );
  page.on(
    'requestfailed',
    counts((request) => running.delete(request)),
  );
  const isQuiet = () => running.size === 0 && Date.now() - since >= 500;
  return () => eventually(() => isQuiet() || undefined, { within: 15_000, what: 'the end of all requests' });
};

/** Nothing moves but what moves until something comes. */
const settled = async (page) => {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Number.POSITIVE_INFINITY),
  );
};

const picture = async (page, name) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
};

/** What axe finds. The debugger runs it, so the page's policy does not stop it. */
const findings = async (page) => {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`,
  );
};
