// The console in development: a server with an empty database of its own, and Vite in front of it.
//   npm run dev                          starts target/debug/signet, or SIGNET_BIN
//   npm run dev -- --bin ./signet        starts this one
//   npm run dev -- --data ./dev-data     keeps its data there (a temporary directory otherwise)
//   npm run dev -- --port 5173           serves the console at this port; the server takes the two after it
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { bin: { type: 'string' }, data: { type: 'string' }, port: { type: 'string', default: '5173' } },
});
const root = fileURLToPath(new URL('../..', import.meta.url));
const candidates = [values.bin, process.env.SIGNET_BIN, join(root, 'target/debug/signet'), join(root, 'target/release/signet')];
const binary = candidates.find((path) => path && existsSync(path));
if (!binary) throw new Error('there is no server: build it with `cargo build -p signet`, or name one with --bin');

const port = Number(values.port);
const temporary = values.data ? undefined : mkdtempSync(join(tmpdir(), 'signet-console-'));
const data = resolve(values.data ?? temporary);
const endpoint = `http://localhost:${port + 1}`;

const server = spawn(resolve(binary), ['serve', '--data-dir', data], {
  env: {
    ...process.env,
    PORT: `${port + 1}`,
    ADMIN_PORT: `${port + 2}`,
    ENDPOINT: endpoint,
    ADMIN_ENDPOINT: `http://localhost:${port}`,
    SIGNET_LISTEN: '127.0.0.1',
  },
  stdio: 'inherit',
});

const vite = spawn('npx', ['vite'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { ...process.env, SIGNET_ENDPOINT: endpoint, SIGNET_ADMIN_PORT: `${port + 2}`, CONSOLE_PORT: `${port}` },
  stdio: 'inherit',
});

const stop = () => {
  server.kill('SIGTERM');
  vite.kill('SIGTERM');
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
for (const child of [server, vite]) child.on('exit', stop);
process.on('exit', () => temporary && rmSync(temporary, { recursive: true, force: true }));
