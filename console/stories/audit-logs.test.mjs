// The audit log: what happened is found by its filters, and read on a page of its own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inBrowser } from './harness/run.mjs';
import { startWorld } from './harness/world.mjs';

let world;

before(async () => {
  world = await startWorld();
});

after(() => world?.stop());

/** A machine that asks for a token for an API that does not exist. */
const refusedMachine = async () => {
  const { scopeIds } = await world.resource('https://reports.example', 'read');
  const { clientId, clientSecret } = await world.machine('Nightly report', scopeIds);
  const answer = await fetch(`${world.server.endpoint}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: 'https://nowhere.example' }),
  });
  assert.equal(answer.status, 400);
  return clientId;
};

test('a refused token is found by its application and its event, and its entry says why', async () => {
  const clientId = await refusedMachine();
  await inBrowser(world.visit('audit-logs'), async ({ page, holds }) => {
    await page.getByRole('combobox', { name: 'All applications' }).click();
    await page.getByRole('option', { name: 'Nightly report' }).click();
    await page.waitForURL(`**?application=${clientId}`);
    await page.getByRole('combobox', { name: 'All events' }).fill('machine');
    await page.getByRole('option', { name: 'Token for a machine' }).click();
    await page.getByRole('row', { name: /Token for a machine\s*Failed.*Nightly report/ }).waitFor();
    await holds('audit-logs-filtered');

    await page.getByRole('link', { name: 'Token for a machine' }).click();
    await page.getByText('This failed').waitFor();
    await page.getByText('"ExchangeTokenBy.ClientCredentials"').waitFor();
    await holds('audit-log-failed');
    await page.goBack();
    await page.waitForURL(`**application=${clientId}**`);
    await page.getByRole('combobox', { name: 'All events' }).fill('Grants revoked');
    await page.getByRole('option', { name: 'Grants revoked' }).click();
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await page.waitForURL('**/audit-logs');
  });
});

test('the pages of the audit log hold in every look', async () => {
  const [{ id }] = await world.api('GET', '/logs');
  await world.looksAt('audit-logs', 'audit-logs', (page) => page.getByRole('cell').first().waitFor());
  await world.looksAt('audit-log', `audit-logs/${id}`);
});
