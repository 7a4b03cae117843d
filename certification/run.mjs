// Starts a Signet that speaks TLS with a certificate made for this run, and runs the tests against it. Arguments go to
// Node's test runner, such as --test-name-pattern=oidcc-max-age, and a name of a file runs that file only.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** A certificate for localhost that is its own authority. */
const makeCertificate = (directory) => {
  const [key, certificate] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')];
  const what = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost -addext subjectAltName=DNS:localhost';
  execFileSync('openssl', ['req', ...what.split(' '), '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  return { key, certificate };
};

/** Node reads the authorities that it trusts when it starts, so this program starts itself again. */
const startAgain = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'signet-certification-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  const { key, certificate } = makeCertificate(directory);
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate, CERTIFICATION_CERTIFICATE: certificate, CERTIFICATION_KEY: key };
  const child = spawn(process.execPath, [...process.argv.slice(1)], { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
};

const test = async () => {
  const { startSignet } = await import('../tests/clients/signet.mjs');
  const { CERTIFICATION_CERTIFICATE: certificate, CERTIFICATION_KEY: key } = process.env;
  // Back-channel logout calls relying parties that listen on this machine.
  const signet = await startSignet({ HTTPS_CERT_PATH: certificate, HTTPS_KEY_PATH: key, SIGNET_EGRESS_ALLOW: '127.0.0.1' });
  const { endpoint, management } = signet;
  const env = {
    ...process.env,
    CERTIFICATION_ENDPOINT: endpoint,
    CERTIFICATION_APP_ID: management.clientId,
    CERTIFICATION_APP_SECRET: management.clientSecret,
  };
  try {
    const named = process.argv.slice(2);
    const options = named.filter((argument) => argument.startsWith('--'));
    const files = named.filter((argument) => !argument.startsWith('--'));
    if (files.length === 0) files.push('plans.test.mjs', 'faults.test.mjs');
    const child = spawn(process.execPath, ['--test', '--test-concurrency=2', ...options, ...files], { cwd: here, env, stdio: 'inherit' });
    const [code] = await once(child, 'exit');
    process.exitCode = code ?? 1;
  } finally {
    await signet.stop();
  }
};

await (process.env.CERTIFICATION_CERTIFICATE ? test() : startAgain());
