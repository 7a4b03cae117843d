// The first page: what happened lately.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { looks } from './harness/browser.mjs';
import { inBrowser } from './harness/run.mjs';
import { startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

const hour = 3_600_000;

/** A month of a busy server, the same each time: the numbers of a wave, and what is not a number stays out. */
const busy = (path, query) => {
  const [from, to] = [Number(query.get('from')), Number(query.get('to'))];
  const hours = Array.from(
    { length: Math.floor((to - from) / hour) + 1 },
    (_, index) => Math.floor(from / hour) * hour + index * hour,
  );
  const wave = (at, height, speed) => Math.round(height * (1.2 + Math.sin((at / hour) * speed)));
  if (path.endsWith('/tokens'))
    return {
      hours: hours.map((at) => ({ hour: at, user: wave(at, 240, 0.26), machine: wave(at, 90, 0.11), failed: wave(at, 9, 0.7) })),
    };
  if (path.endsWith('/sign-ins'))
    return {
      hours: hours.map((at) => ({
        hour: at,
        signIns: wave(at, 40, 0.26),
        registrations: wave(at, 7, 0.4),
        failed: wave(at, 5, 0.9),
      })),
    };
  if (path.endsWith('/scripts')) {
    const runs = (at) => ({
      runs: wave(at, 300, 0.26),
      failures: wave(at, 4, 0.8),
      denials: wave(at, 8, 0.5),
      p50Ms: 0.6 + wave(at, 10, 0.3) / 40,
      p99Ms: 3 + wave(at, 10, 0.21) / 4,
    });
    return { scripts: [{ key: 'access-token', total: runs(0), hours: hours.map((at) => ({ hour: at, ...runs(at) })) }] };
  }
  if (path.endsWith('/total')) return { totalUserCount: 12_431 };
  if (path.endsWith('/new')) return { today: { count: 31, delta: 4 }, last7Days: { count: 203, delta: -12 } };
  const dauCurve = Array.from({ length: 30 }, (_, day) => ({
    date: new Date(Date.now() - (29 - day) * 24 * hour).toISOString().slice(0, 10),
    count: wave(day * hour, 700, 0.9),
  }));
  return { dauCurve, dau: { count: 1204, delta: 87 }, wau: { count: 5230, delta: -140 }, mau: { count: 9011, delta: 902 } };
};

const withNumbers = async (page) => {
  for (const pattern of ['**/api/dashboard/**', '**/api/statistics/**']) {
    await page.route(pattern, (route) => {
      if (route.request().method() === 'OPTIONS') return route.fallback();
      const { pathname, searchParams } = new URL(route.request().url());
      return route.fulfill({ json: busy(pathname, searchParams), headers: { 'access-control-allow-origin': '*' } });
    });
  }
};

test('a busy server shows its numbers, in every look', async () => {
  for (const look of [...looks, { locale: 'zh-CN' }]) {
    await inBrowser(world.visit('profile', look), async ({ page, holds }) => {
      await withNumbers(page);
      await page.goto(world.url('dashboard'));
      await page.getByText('12,431').waitFor();
      await page.getByRole('img').first().waitFor();
      await holds('dashboard-busy');
    });
  }
});

test('the time that the plots show is in the address', async () => {
  await inBrowser(world.visit('dashboard'), async ({ page }) => {
    await withNumbers(page);
    await page.getByText('30 days', { exact: true }).click();
    await page.waitForURL('**/dashboard?range=month');
    await page.reload();
    assert.equal(await page.getByRole('radio', { name: '30 days' }).isChecked(), true);
    await page.getByRole('img', { name: 'Tokens' }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('status').getByText('Machines').waitFor();
  });
});

test('numbers that cannot be loaded are said to be missing, and asked for again', async () => {
  await inBrowser(world.visit('profile'), async ({ page, expects, holds }) => {
    expects(/503/);
    await page.route('**/api/dashboard/**', (route) =>
      route.fulfill({ status: 503, json: { message: 'the database cannot be reached' } }),
    );
    await page.goto(world.url('dashboard'));
    await page.getByRole('alert').getByText('Some numbers could not be loaded.').waitFor();
    await holds('dashboard-failed');
    await page.unroute('**/api/dashboard/**');
    await withNumbers(page);
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await page.getByText('12,431').waitFor();
  });
});
