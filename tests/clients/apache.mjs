// Apache with mod_auth_openidc, as Debian packages them, as a process of the test: its own port and configuration.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './signet.mjs';

const program = '/usr/sbin/apache2';
const modules = '/usr/lib/apache2/modules';
const needed = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'dir', 'headers', 'auth_openidc'];

/** Runs as root only long enough to become somebody else. */
const user = process.getuid() === 0 ? 'User www-data\nGroup www-data' : '';

const configuration = ({ directory, port, issuer, clientId, clientSecret }) => `
ServerRoot ${directory}
ServerName localhost:${port}
UseCanonicalName On
Listen 127.0.0.1:${port}
PidFile ${directory}/pid
ErrorLog ${directory}/errors
${user}
${needed.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
StartServers 1
ThreadsPerChild 8
MaxRequestWorkers 8
ServerLimit 1
DocumentRoot ${directory}/pages
DirectoryIndex index.html
# Node's fetch calls itself a script, which the module would not send to a sign-in page.
RequestHeader unset Sec-Fetch-Mode early

OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCClientSecret ${clientSecret}
OIDCRedirectURI http://localhost:${port}/inside/callback
OIDCCryptoPassphrase only-for-a-test
OIDCScope "openid profile email offline_access"
OIDCAuthRequestParams prompt=consent
OIDCPKCEMethod S256
OIDCRemoteUserClaim sub
OIDCInfoHook access_token refresh_token id_token userinfo session
OIDCProviderBackChannelLogoutSupported On

<Location /inside/>
  AuthType openid-connect
  Require valid-user
</Location>
<Location /outside/>
  Require all granted
</Location>
`;

/** A port that is free now. */
export const freePort = async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address();
  await once(server.close(), 'close');
  return port;
};

/** Starts Apache and waits until it answers. What is below `/inside/` needs a sign-in. */
export const startApache = async ({ port, issuer, clientId, clientSecret }) => {
  const directory = await mkdtemp(join(tmpdir(), 'signet-apache-'));
  await chmod(directory, 0o755);
  for (const place of ['inside', 'outside']) {
    await mkdir(join(directory, 'pages', place), { recursive: true });
    await writeFile(join(directory, 'pages', place, 'index.html'), `<p>${place}</p>`);
  }
  const file = join(directory, 'apache.conf');
  await writeFile(file, configuration({ directory, port, issuer, clientId, clientSecret }));
  const child = spawn(program, ['-d', directory, '-f', file, '-DFOREGROUND'], { stdio: 'ignore' });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit');
  let outcome;
  ended.then(([code]) => (outcome = code));
  const errors = () => readFile(join(directory, 'errors'), 'utf8').catch(() => '');

  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    process.off('exit', kill);
    await rm(directory, { recursive: true, force: true });
  };
  const answers = async () => {
    if (outcome !== undefined) throw new Error(`apache ended with ${outcome}: ${await errors()}`);
    return (await fetch(`http://localhost:${port}/outside/`).catch(() => undefined))?.ok || undefined;
  };
  await eventually(answers, { within: 10_000, what: 'apache to answer' });
  return { origin: `http://localhost:${port}`, errors, stop };
};
