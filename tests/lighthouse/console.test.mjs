// What Lighthouse says of the console, signed in, with its desktop preset: the median of three visits.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import lighthouse, { desktopConfig } from 'lighthouse';
import { openSignedIn, startWorld } from '../../console/stories/harness/world.mjs';

const least = 0.95;
const visits = 3;
const pages = ['dashboard', 'api-resources', 'customize-jwt'];

let world;
let browser;
let port;
let profile;

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const free = server.address().port;
      server.close(() => resolve(free));
    });
  });

before(async () => {
  world = await startWorld();
  port = await freePort();
  profile = await mkdtemp(join(tmpdir(), 'signet-lighthouse-'));
  browser = await openSignedIn(world, { profile, port });
});

after(async () => {
  await browser?.close();
  await world?.stop();
  if (profile) await rm(profile, { recursive: true, force: true });
});

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

for (const page of pages) {
  test(`${page} is fast and accessible`, async () => {
    const scores = { performance: [], accessibility: [] };
    for (let visit = 0; visit < visits; visit += 1) {
      const { lhr } = await lighthouse(world.url(page), { port, logLevel: 'error', onlyCategories: Object.keys(scores), disableStorageReset: true }, desktopConfig);
      assert.equal(lhr.finalDisplayedUrl, world.url(page));
      for (const [name, all] of Object.entries(scores)) all.push(lhr.categories[name].score);
    }
    for (const [name, all] of Object.entries(scores)) {
      console.log(`${page}: ${name} ${all.join(', ')}`);
      assert.ok(median(all) >= least, `${page}: ${name} is ${median(all)}`);
    }
  });
}
