// The code of a guide for applications, laid out as the project that it describes, with the values of a test in it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment, eventually, root } from './signet.mjs';
import { blocksOf } from './snippets.mjs';

/** What the guides are written with; the console replaces the same texts. */
export const written = {
  endpoint: 'http://localhost:3001',
  appId: 'your-app-id',
  appSecret: 'your-app-secret',
  api: 'https://api.example.com',
  permission: 'read:orders',
};

/** The file that a block says it is, in a comment in its first line. */
const nameOf = (text) => /^(?:\/\/|#|<!--) (\S+\.\w+)(?: -->)?\n/.exec(text)?.[1];

export const guideBlocks = async (name) => blocksOf(await readFile(join(root, `docs/guides/applications/${name}.md`), 'utf8'));

export const freePort = async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address();
  await once(server.close(), 'close');
  return port;
};

/** Writes the files of a guide into a new directory, with `values` in the place of what is written. */
export const layOut = async (name, values) => {
  const replacements = Object.entries(values).sort(([one], [other]) => other.length - one.length);
  const fill = (text) => replacements.reduce((filled, [from, to]) => filled.replaceAll(from, to), text);
  const directory = await mkdtemp(join(tmpdir(), `signet-guide-${name}-`));
  const files = [];
  for (const { text } of await guideBlocks(name)) {
    const file = nameOf(text);
    if (!file) continue;
    assert.ok(!files.includes(file), `${name}.md has ${file} twice`);
    files.push(file);
    await mkdir(dirname(join(directory, file)), { recursive: true });
    // A page's own first line is its doctype.
    await writeFile(join(directory, file), fill(file.endsWith('.html') ? text.replace(/^.*\n/, '') : text));
  }
  await symlink(fileURLToPath(new URL('node_modules', import.meta.url)), join(directory, 'node_modules'));
  return { directory, files, fill, remove: () => rm(directory, { recursive: true, force: true }) };
};

/** Processes that still run: whatever ends this one, none of them stays. */
const running = new Set();
process.on('exit', () => running.forEach((child) => process.kill(-child.pid, 'SIGKILL')));

/** Starts a program of the guide, and waits until it listens. */
export const start = async (command, parameters, { cwd, port, env = {}, within = 30_000 }) => {
  const child = spawn(command, parameters, {
    cwd,
    env: { ...bareEnvironment(), ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (log += text));
  let isOver = false;
  const ended = once(child, 'exit').then(() => (isOver = true));
  const stop = async () => {
    if (!isOver) process.kill(-child.pid, 'SIGKILL');
    await ended;
    running.delete(child);
  };
  const listens = async () => {
    if (isOver) throw new Error(`${command} ended:\n${log}`);
    return (await fetch(`http://localhost:${port}/`, { redirect: 'manual' }).catch(() => undefined)) ? true : undefined;
  };
  try {
    await eventually(listens, { within, what: `${command} to listen` });
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${log}`);
  }
  return { stop, log: () => log };
};

/** Runs a program of the guide to its end, and returns what it printed. */
export const runOnce = async (command, parameters, { cwd, env = {} }) => {
  const child = spawn(command, parameters, { cwd, env: { ...bareEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, complaints] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (complaints += text));
  const [code] = await once(child, 'close');
  assert.equal(code, 0, `${command} ${parameters.join(' ')} ended with ${code}\n${complaints}${output}`);
  return output;
};

/** What all guides are about: an API with a permission, somebody who has it, an organization, and a custom claim. */
export const prepare = async ({ api, resource, person }) => {
  const { scopeIds } = await resource(written.api, written.permission);
  const role = await api('POST', '/roles', { name: 'Reader', description: 'May read orders', type: 'User', scopeIds });
  const alice = await person('alice', { name: 'Alice', customData: { tier: 'gold' } });
  await api('POST', `/roles/${role.id}/users`, { userIds: [alice.id] });
  const organization = await api('POST', '/organizations', { name: 'Acme' });
  await api('POST', `/organizations/${organization.id}/users`, { userIds: [alice.id] });
  const script = (await guideBlocks('react')).find(({ text }) => nameOf(text) === 'claims.js').text;
  await api('PUT', '/configs/jwt-customizer/access-token', { script });
  return { alice, organization, scopeIds };
};
