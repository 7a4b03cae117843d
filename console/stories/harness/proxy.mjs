// The built console in front of a server that was built without it: files of dist/ below /console, the rest is the
// server's. It does what the server does with them, policy included, so that stories need no build of the server.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.ttf': 'font/ttf',
};

const policyFor = (origins) =>
  `default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https: ${origins}; ` +
  `font-src 'self' data:; connect-src 'self' ${origins}; frame-src 'self' ${origins}; base-uri 'self'; form-action 'self'; frame-ancestors 'none'`;

export const serveConsole = (dist, { port, adminPort, endpoint }) => {
  const admin = `http://localhost:${port}`;
  const policy = policyFor(`${endpoint} ${admin}`);
  const config = JSON.stringify({ endpoint, adminEndpoint: admin, version: 'development' });
  const server = createServer(async (incoming, outgoing) => {
    const { pathname } = new URL(incoming.url, admin);
    const isPage = pathname === '/console' || pathname.startsWith('/console/');
    if (!isPage) return pass(incoming, outgoing, adminPort);
    const door = doors.has(pathname) && (await openDoor(adminPort));
    if (door && door !== pathname) return outgoing.writeHead(302, { location: door }).end();
    outgoing.setHeader('content-security-policy', policy);
    const path = normalize(pathname.slice('/console'.length) || '/');
    if (path === '/config.json') return outgoing.setHeader('content-type', types['.json']).end(config);
    const file = join(dist, path);
    if (path !== '/' && existsSync(file) && statSync(file).isFile()) {
      outgoing.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
      if (path.startsWith('/assets/')) outgoing.setHeader('cache-control', 'public, max-age=31536000, immutable');
      const isSmaller = /\bbr\b/.test(incoming.headers['accept-encoding'] ?? '') && existsSync(`${file}.br`);
      if (isSmaller) outgoing.setHeader('content-encoding', 'br');
      return createReadStream(isSmaller ? `${file}.br` : file).pipe(outgoing);
    }
    if (path.startsWith('/assets/')) return outgoing.writeHead(404).end();
    outgoing.setHeader('content-type', 'text/html; charset=utf-8');
    return outgoing.end(readFileSync(join(dist, 'index.html')));
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve({ close: () => server.close() })));
};

/** Which of the two is open depends on whether anybody administers the server, which its root says. */
const doors = new Set(['/console', '/console/welcome']);

const openDoor = async (adminPort) => {
  const answer = await fetch(`http://127.0.0.1:${adminPort}/`, { redirect: 'manual' });
  return answer.headers.get('location');
};

const pass = (incoming, outgoing, port) => {
  const { method, url, headers } = incoming;
  const onward = forward({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
};
