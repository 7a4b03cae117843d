// Each module of each plan is one test under its id.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { modules } from './modules/index.mjs';
import { plans } from './plans.mjs';
import { newProvider } from './provider.mjs';

const together = 4;

for (const [plan, ids] of Object.entries(plans)) {
  describe(plan, { concurrency: together }, () => {
    for (const id of ids) it(id, async () => modules[id].run(await newProvider()));
  });
}

describe('the plans', () => {
  it('have each module once, and no module is outside of them', () => {
    const planned = Object.values(plans).flat();
    assert.equal(planned.length, 52);
    assert.deepEqual([...planned].sort(), Object.keys(modules).sort());
  });
});
