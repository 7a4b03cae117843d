// Every snippet of the documentation works, and shows the answer that the server gives.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root, startSignet } from './signet.mjs';
import { blocksOf, check, documented, matches, run, stepsOf } from './snippets.mjs';

const read = (path) => readFile(join(root, path), 'utf8');

/** Runs the steps against a new server, and compares what is shown. */
const prove = async (steps, environment = {}) => {
  const signet = await startSignet(environment);
  try {
    const here = steps.map((step) => ({ ...step, text: step.text.replaceAll(documented, signet.endpoint) }));
    const outputs = await run(here, { directory: signet.directory, env: { ENDPOINT: signet.endpoint } });
    assert.ok(steps.some(({ shown }) => shown), 'the document shows no answer');
    steps.forEach((step, number) => {
      if (step.shown) check(step, outputs[number], signet.endpoint);
      else assert.equal(outputs[number].trim(), '', `the block of line ${step.line} prints what is not shown`);
    });
  } finally {
    await signet.stop();
  }
};

describe('the documentation', () => {
  it('leads from clone to a token in the five lines of README.md', async () => {
    const blocks = blocksOf(await read('README.md')).filter(({ section }) => section === 'Quick start');
    const started = blocks.findIndex(({ language, text }) => language === 'bash' && /^make run$/m.test(text));
    assert.ok(started >= 0, 'the quick start has no `make run`');
    const steps = stepsOf(blocks.slice(started + 1));
    assert.equal(steps.length, 1);
    assert.equal(steps[0].text.trim().split('\n').length, 5);
    await prove(steps);
  });

  it('has a guide to claims scripts that works from top to bottom', async () => {
    await prove(stepsOf(blocksOf(await read('docs/guides/custom-access-token.md'))));
  });

  it('has a guide to organizations in tokens that works from top to bottom', async () => {
    await prove(stepsOf(blocksOf(await read('docs/guides/organizations.md'))));
  });

  it('has a guide to the sign-in experience that works from top to bottom', async () => {
    await prove(stepsOf(blocksOf(await read('docs/guides/sign-in.md'))), { SIGNET_DEV: 'true' });
  });

  it('has a guide to importing users that works from top to bottom', async () => {
    await prove(stepsOf(blocksOf(await read('docs/guides/importing-users.md'))));
  });

  it('has a guide to third-party applications that works from top to bottom', async () => {
    await prove(stepsOf(blocksOf(await read('docs/guides/third-party-applications.md'))));
  });

  it('has a guide to the sign-in pages that works from top to bottom', async () => {
    await prove(stepsOf(blocksOf(await read('docs/guides/sign-in-pages.md'))));
  });

  it('has a guide to ID tokens that works from top to bottom', async () => {
    await prove(stepsOf(blocksOf(await read('docs/guides/custom-id-token.md'))));
  });
});

describe('the comparison of answers', () => {
  it('tells what differs', () => {
    const differs = [
      [{ a: 1 }, { a: 2 }],
      [{ a: 1, b: 1 }, { a: 1 }],
      [{ a: 1 }, { a: 1, b: 1 }],
      [{ a: 1 }, { a: 1, b: 2, '…': '…' }],
      [[1, 2], [1]],
      [[], [1, '…']],
      ['abc', 'a…d'],
      [{ iat: '1' }, { iat: 1 }],
      [null, {}],
    ];
    for (const [actual, shown] of differs) assert.throws(() => matches(actual, shown), JSON.stringify([actual, shown]));
    const same = [
      [{ a: [1, { b: null }] }, { a: [1, { b: null }] }],
      [{ iat: 1, a: 1 }, { iat: 2, a: 1 }],
      [{ a: 1, b: 1 }, { a: 1, '…': '…' }],
      [[1, 2], [1, '…']],
      ['eyJhbGci.x.y', 'eyJ…'],
    ];
    for (const [actual, shown] of same) matches(actual, shown);
  });
});
