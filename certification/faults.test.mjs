// A module that cannot fail proves nothing: each notices the faults that it is about, one at a time.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faults, transportWith } from './faults.mjs';
import { modules } from './modules/index.mjs';
import { newProvider } from './provider.mjs';

const together = 8;

/** What a check says: an assertion, a token that does not verify, or somebody who was not told in time. */
const isFinding = (error) => error instanceof assert.AssertionError || /^ERR_J/.test(error.code) || error.name === 'AbortError';

describe('the modules', { concurrency: together }, () => {
  for (const [id, { run, notices }] of Object.entries(modules)) {
    for (const fault of notices) {
      it(`${id} notices that ${fault}`, async () => {
        const op = await newProvider({ transport: transportWith(fault) });
        const outcome = await Promise.resolve(run(op)).then(() => undefined, (error) => error);
        assert.ok(outcome, 'the module passes all the same');
        if (!isFinding(outcome)) throw outcome;
      });
    }
  }
});

describe('the faults', () => {
  it('are each noticed by some module, and each module notices one', () => {
    const noticed = new Set(Object.values(modules).flatMap(({ notices }) => notices));
    assert.deepEqual(Object.keys(faults).filter((fault) => !noticed.has(fault)), []);
    assert.deepEqual(Object.keys(modules).filter((id) => modules[id].notices.length === 0), []);
  });
});
