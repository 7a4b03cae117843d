// The guides for applications in the browser, as they are written, in Chromium: their files are bundled, somebody signs
// in on the server's pages, and the guide's own API answers with the custom claim.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { compileScript, parse } from 'vue/compiler-sfc';
import { build } from 'esbuild';
import { administratorOf } from './administrator.mjs';
import { launch } from './chromium.mjs';
import { freePort, layOut, prepare, start, written } from './guide.mjs';
import { startSignet } from './signet.mjs';

/** Components of Vue in one file, as Vite's plugin compiles them. */
const vue = {
  name: 'vue',
  setup: (bundler) =>
    bundler.onLoad({ filter: /\.vue$/ }, async ({ path }) => {
      const { descriptor, errors } = parse(await readFile(path, 'utf8'), { filename: path });
      assert.deepEqual(errors, []);
      const { content } = compileScript(descriptor, { id: path, inlineTemplate: true });
      return { contents: content, loader: 'js' };
    }),
};

const page = (id) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><div id="${id}"></div>`;

/** Where each framework's own template of Vite puts things. */
const frameworks = {
  react: { entry: 'src/main.jsx', html: () => page('root') },
  vue: { entry: 'src/main.js', html: () => page('app') },
  javascript: { entry: 'src/main.js', html: (directory) => readFile(join(directory, 'index.html'), 'utf8') },
};

/** The same page at every path, with the bundle in it, as a development server serves it. */
const serve = async (directory, { entry, html }, port) => {
  const { outputFiles } = await build({
    entryPoints: [join(directory, entry)],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    preserveSymlinks: true,
    plugins: [vue],
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false' },
    logLevel: 'error',
  });
  const content = (await html(directory)).replace(/<script.*<\/script>/, '');
  const server = createServer((request, response) => {
    if (request.url === '/bundle.js') response.setHeader('content-type', 'text/javascript').end(outputFiles[0].contents);
    else response.setHeader('content-type', 'text/html').end(`${content}<script type="module" src="/bundle.js"></script>`);
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return () => (server.closeAllConnections(), server.close());
};

let signet;
let browser;
let administrator;
let alice;

before(async () => {
  [signet, browser] = await Promise.all([startSignet(), launch()]);
  administrator = await administratorOf(signet);
  ({ alice } = await prepare(administrator));
});
after(async () => {
  await browser?.close();
  await signet?.stop();
});

describe('the guide', () => {
  for (const [name, framework] of Object.entries(frameworks)) {
    it(`to ${name} signs a person in, calls an API that reads a custom claim, and signs out`, async () => {
      const [port, apiPort] = [await freePort(), await freePort()];
      const origin = `http://localhost:${port}`;
      const { clientId } = await administrator.application('SPA', {
        oidcClientMetadata: { redirectUris: [`${origin}/callback`], postLogoutRedirectUris: [`${origin}/`] },
      });
      const guide = await layOut(name, {
        [written.endpoint]: signet.endpoint,
        [written.appId]: clientId,
        'http://localhost:5173': origin,
        'http://localhost:4000': `http://localhost:${apiPort}`,
        'listen(4000)': `listen(${apiPort})`,
      });
      const stopServing = await serve(guide.directory, framework, port);
      const api = await start('node', ['api.mjs'], { cwd: guide.directory, port: apiPort });
      const context = await browser.newContext();
      const tab = await context.newPage();
      tab.setDefaultTimeout(20_000);
      try {
        await tab.goto(`${origin}/`);
        await tab.getByRole('button', { name: 'Sign in' }).click();
        await tab.locator('input[autocomplete="username"]').fill(alice.username);
        await tab.locator('input[autocomplete="current-password"]').fill(alice.password);
        await tab.locator('form button[type="submit"]').first().click();
        await tab.getByText('Signed in as Alice').waitFor();

        await tab.getByRole('button', { name: 'Show my orders' }).click();
        await tab.getByText('"tier":"gold"').waitFor();
        assert.deepEqual(JSON.parse(await tab.locator('pre').first().textContent()), { owner: alice.id, tier: 'gold' });

        await tab.getByRole('button', { name: 'Sign out' }).click();
        await tab.getByRole('button', { name: 'Sign in' }).waitFor();
      } finally {
        await context.close();
        await api.stop();
        stopServing();
        await guide.remove();
      }
    });
  }
});
