// The code of a document, run as a reader would: all bash blocks in order, in one shell. Scripts are saved under the
// name in their first line, and what a block prints is compared with the answer that the document shows after it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bareEnvironment } from './signet.mjs';

const timeLimit = 120_000;
/** Where documents say that the server is. */
export const documented = 'http://localhost:3001';

/** The fenced blocks of a Markdown text: `{ language, text, line, section }`. */
export const blocksOf = (markdown) => {
  const blocks = [];
  let open;
  let section = '';
  markdown.split('\n').forEach((text, index) => {
    const fence = /^```(\S*)$/.exec(text);
    if (open && fence) {
      blocks.push(open);
      open = undefined;
    } else if (open) open.text += `${text}\n`;
    else if (fence) open = { language: fence[1], text: '', line: index + 1, section };
    else if (text.startsWith('## ')) section = text.slice(3);
  });
  assert.equal(open, undefined, `the block of line ${open?.line} does not end`);
  return blocks;
};

/** Steps of a document: each bash block with the answer shown after it, and the files that the blocks before it made. */
export const stepsOf = (blocks) => {
  const steps = [];
  let files = [];
  for (const { language, text, line } of blocks) {
    if (language === 'bash') {
      steps.push({ text, line, files });
      files = [];
    } else if (language === 'js') {
      const name = /^\/\/ (\S+\.js)\n/.exec(text)?.[1];
      assert.ok(name, `line ${line}: a script begins with its file name, like \`// claims.js\``);
      files.push({ name, text, line });
    } else if (language === 'json') {
      const step = steps.at(-1);
      assert.ok(step && step.shown === undefined && files.length === 0, `line ${line}: an answer follows the block that prints it`);
      Object.assign(step, { shown: text, shownLine: line });
    } else assert.fail(`line ${line}: nobody checks blocks of language \`${language}\``);
  }
  const commands = steps.map(({ text }) => text).join('');
  for (const { name, line } of [...steps.flatMap((step) => step.files), ...files]) {
    assert.ok(commands.includes(name), `line ${line}: no bash block uses ${name}`);
  }
  return steps;
};

/** Runs the steps in one bash, in `directory`, and returns what each printed. */
export const run = async (steps, { directory, env }) => {
  const files = steps.flatMap((step) => step.files);
  assert.equal(new Set(files.map(({ name }) => name)).size, files.length, 'two scripts have one name');
  for (const { name, text } of files) await writeFile(join(directory, name), text);
  const mark = '\u001e';
  const script = steps.map(({ text }, number) => `printf '\\036%d\\036' ${number}\n${text}`).join('\n');
  const shell = spawn('bash', ['--noprofile', '--norc', '-euo', 'pipefail', '-s'], {
    cwd: directory,
    env: { ...bareEnvironment(), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: timeLimit,
    killSignal: 'SIGKILL',
  });
  let [output, complaints] = ['', ''];
  shell.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  shell.stderr.setEncoding('utf8').on('data', (text) => (complaints += text));
  shell.stdin.end(script);
  const [code, signal] = await once(shell, 'close');
  const printed = output.split(mark).slice(1);
  const outputs = printed.filter((_, index) => index % 2 === 1);
  const last = steps[outputs.length - 1];
  assert.equal(code, 0, `the block of line ${last?.line} ended with ${signal ?? code}\n${complaints}${outputs.at(-1) ?? ''}`);
  assert.equal(complaints, '', 'the blocks complain');
  assert.equal(outputs.length, steps.length);
  return outputs;
};

/** Members that differ each time: only their type is compared. */
const volatile = new Set([
  'applicationId', 'client_id', 'clientId', 'createdAt', 'durationMs', 'exp', 'iat', 'id', 'jti', 'sub',
]);

/**
 * Compares a value with the one that a document shows. `…` in a shown text stands for any text, and as a member or the
 * last item for any others.
 */
export const matches = (actual, shown, where = 'the answer') => {
  if (typeof shown === 'string' && shown.includes('…')) {
    const [start, end] = shown.split(/…(.*)/s);
    assert.ok(typeof actual === 'string' && actual.startsWith(start) && actual.endsWith(end), `${where} is ${JSON.stringify(actual)}`);
  } else if (Array.isArray(shown)) {
    assert.ok(Array.isArray(actual), `${where} is ${JSON.stringify(actual)}`);
    const isOpen = shown.at(-1) === '…';
    const items = isOpen ? shown.slice(0, -1) : shown;
    assert.ok(isOpen ? actual.length >= items.length : actual.length === items.length, `${where} has ${actual.length} items`);
    items.forEach((item, index) => matches(actual[index], item, `${where}[${index}]`));
  } else if (typeof shown === 'object' && shown !== null) {
    assert.ok(typeof actual === 'object' && actual !== null, `${where} is ${JSON.stringify(actual)}`);
    const { '…': rest, ...members } = shown;
    if (rest === undefined) assert.deepEqual(Object.keys(actual), Object.keys(members), where);
    for (const [name, member] of Object.entries(members)) {
      if (volatile.has(name) && typeof member !== 'object') assert.equal(typeof actual[name], typeof member, `${where}.${name}`);
      else matches(actual[name], member, `${where}.${name}`);
    }
  } else assert.deepEqual(actual, shown, where);
};

/** Compares what a step printed with what the document shows. */
export const check = ({ shown, shownLine }, output, endpoint) => {
  const where = `line ${shownLine}`;
  let actual;
  try {
    actual = JSON.parse(output);
  } catch {
    assert.fail(`${where} shows JSON, but the block printed: ${output}`);
  }
  matches(actual, JSON.parse(shown.replaceAll(documented, endpoint)), where);
};
