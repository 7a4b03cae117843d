// The real server in a process of its own, as a new user would meet it: an empty data directory, default settings,
// and the credentials that the first start leaves behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const managementApi = 'https://default.logto.app/api';

const startTime = 30_000;
/** The server gives running requests 30 seconds when it is told to stop. */
const stopTime = 35_000;

/** Servers with their directories: whatever ends this process, none of them stays. */
const running = new Map();
process.on('exit', () =>
  running.forEach((directory, child) => {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }),
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/** What a test process needs of this machine, and none of its settings. */
export const bareEnvironment = () =>
  Object.fromEntries(['PATH', 'HOME', 'TMPDIR'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));

/** The program: SIGNET_BIN, or SIGNET_BINARY as the Makefile says it, or what was built here. */
export const binary = () => {
  const named = process.env.SIGNET_BIN || process.env.SIGNET_BINARY;
  const candidates = named ? [resolve(named)] : ['debug', 'release'].map((kind) => join(root, 'target', kind, 'signet'));
  const found = candidates.find((path) => existsSync(path));
  if (!found) throw new Error(`there is no server at ${candidates.join(' or ')}: build it, or name it in SIGNET_BIN`);
  return found;
};

/** Two ports that are free now. */
const freePorts = async () => {
  const servers = [createServer(), createServer()];
  for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening');
  const ports = servers.map((server) => server.address().port);
  for (const server of servers) await once(server.close(), 'close');
  return ports;
};

/** Waits for what `attempt` returns, as long as that is undefined. */
export const eventually = async (attempt, { within, what }) => {
  const end = Date.now() + within;
  for (;;) {
    const result = await attempt();
    if (result !== undefined) return result;
    if (Date.now() > end) throw new Error(`waited ${within} ms for ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
};

/** Processes by their parent, from /proc. */
const childrenOf = (parent) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, owner] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return state !== 'Z' && Number(owner) === parent ? [Number(name)] : [];
      } catch {
        return [];
      }
    });

const isAlive = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    return false;
  }
};

const parseEnv = (text) => Object.fromEntries(text.trim().split('\n').map((line) => line.split(/=(.*)/s, 2)));

/**
 * Starts a server and waits until it answers. `environment` adds settings; with a certificate among them the listeners
 * speak TLS, and this process must trust it. Another process may be quicker to take a free port.
 */
export const startSignet = async (environment = {}, attempts = 3) => {
  try {
    return await start(environment);
  } catch (error) {
    if (attempts > 1 && error.message.includes('cannot listen')) return startSignet(environment, attempts - 1);
    throw error;
  }
};

const start = async (environment) => {
  const program = binary();
  const directory = await mkdtemp(join(tmpdir(), 'signet-clients-'));
  const [port, adminPort] = await freePorts();
  const child = spawn(program, ['serve', '--data-dir', './data'], {
    cwd: directory,
    env: {
      ...bareEnvironment(),
      PORT: `${port}`,
      ADMIN_PORT: `${adminPort}`,
      SIGNET_LISTEN: '127.0.0.1',
      SIGNET_SCRIPT_WORKERS: '2',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.set(child, directory);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (log += text));
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  let outcome;
  ended.then((how) => (outcome = how));

  const scheme = environment.HTTPS_CERT_PATH ? 'https' : 'http';
  const endpoint = `${scheme}://localhost:${port}`;
  const stop = async () => {
    const workers = childrenOf(child.pid);
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), stopTime);
    const how = await ended;
    clearTimeout(late);
    running.delete(child);
    await rm(directory, { recursive: true, force: true });
    if (how.code !== 0) throw new Error(`the server ended with ${how.signal ?? how.code}:\n${log}`);
    await eventually(() => (workers.some(isAlive) ? undefined : true), { within: 5000, what: 'the script workers to end' });
  };

  const answers = async () => {
    if (outcome) throw new Error(`the server ended with ${outcome.signal ?? outcome.code}`);
    const answer = await fetch(`${endpoint}/oidc/.well-known/openid-configuration`).catch(() => undefined);
    return answer?.ok || undefined;
  };
  try {
    await eventually(answers, { within: startTime, what: 'the server to answer' });
    const credentials = parseEnv(await readFile(join(directory, 'data/management.env'), 'utf8'));
    return {
      endpoint,
      adminEndpoint: `${scheme}://localhost:${adminPort}`,
      issuer: `${endpoint}/oidc`,
      directory,
      management: { clientId: credentials.MANAGEMENT_APP_ID, clientSecret: credentials.MANAGEMENT_APP_SECRET },
      stop,
    };
  } catch (error) {
    child.kill('SIGKILL');
    await ended;
    running.delete(child);
    await rm(directory, { recursive: true, force: true });
    throw new Error(`${error.message}\n${log}`);
  }
};
