// A browser without a screen, and the person in front of it: cookies, redirects, sign-in through the Experience API,
// consent, and the forms that a page without script would submit.
import assert from 'node:assert/strict';

const mostHops = 15;

/** Cookies as RFC 6265 §5 keeps them, as far as a server on one host needs it. */
const newJar = () => {
  const cookies = new Map();

  const pathMatches = (cookiePath, path) =>
    path === cookiePath || (path.startsWith(cookiePath) && (cookiePath.endsWith('/') || path[cookiePath.length] === '/'));

  const keep = (line, url) => {
    const [pair, ...attributes] = line.split(';').map((part) => part.trim());
    const [, name, value] = /^([^=]*)=(.*)$/.exec(pair);
    const named = Object.fromEntries(attributes.map((text) => text.split(/=(.*)/s, 2)).map(([key, is]) => [key.toLowerCase(), is ?? true]));
    const path = named.path?.startsWith('/') ? named.path : url.pathname.replace(/\/[^/]*$/, '') || '/';
    const lifetime = named['max-age'] === undefined ? Date.parse(named.expires) - Date.now() : Number(named['max-age']);
    const key = `${url.hostname} ${path} ${name}`;
    if (lifetime <= 0) cookies.delete(key);
    else cookies.set(key, { name, value, path, host: url.hostname, isSecure: named.secure === true, attributes: named });
  };

  const header = (url) =>
    [...cookies.values()]
      .filter(({ host, path, isSecure }) => host === url.hostname && pathMatches(path, url.pathname) && (!isSecure || url.protocol === 'https:'))
      .sort((one, other) => other.path.length - one.path.length)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');

  return { keep, header, all: () => [...cookies.values()] };
};

const unescape = (text) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(amp|lt|gt|quot|apos));/gi, (_, hex, decimal, name) => {
    if (name) return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name.toLowerCase()];
    return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal));
  });

const attributesOf = (tag) =>
  Object.fromEntries(
    [...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name.toLowerCase(), value === undefined ? true : unescape(value)]),
  );

/** The first form of a page: where it goes, and what it sends when its first button is pressed. */
export const formOf = (html) => {
  const [, opening, content] = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(html) ?? [];
  if (opening === undefined) return undefined;
  const fields = [];
  let isPressed = false;
  for (const [, kind, rest] of content.matchAll(/<(input|button)\b([^>]*)>/gi)) {
    const { name, value = '', type } = attributesOf(rest);
    const isButton = kind.toLowerCase() === 'button' ? (type ?? 'submit') === 'submit' : type === 'submit';
    if (name && (!isButton || !isPressed)) fields.push([name, value === true ? '' : value]);
    isPressed ||= isButton;
  }
  const { action, method = 'get' } = attributesOf(opening);
  return { action, method: method.toUpperCase(), fields };
};

/** One request as `fetch` sends it, without following redirects; `{ url, status, headers, text, body, location }`. */
export const request = async (address, { method, headers, form, json } = {}) => {
  const url = new URL(address);
  const body = form ? new URLSearchParams(form).toString() : json && JSON.stringify(json);
  const type = form ? 'application/x-www-form-urlencoded' : json && 'application/json';
  const answer = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...(type && { 'content-type': type }), ...headers },
    body,
    redirect: 'manual',
  });
  const text = await answer.text();
  const isJson = /\bjson\b/.test(answer.headers.get('content-type'));
  const location = answer.headers.get('location');
  return {
    url,
    status: answer.status,
    headers: answer.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
    location: location === null ? undefined : new URL(location, url),
  };
};

/** A browser with no cookies yet. `transport` replaces the network, for those who want to see or change what passes. */
export const newBrowser = ({ transport = request } = {}) => {
  const jar = newJar();

  /** `Accept` as a browser says it when a person opens an address. */
  const navigation = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  const send = async (address, options = {}) => {
    const url = new URL(address);
    const cookie = jar.header(url);
    const answer = await transport(url, { ...options, headers: { ...(cookie && { cookie }), ...options.headers } });
    for (const line of answer.headers.getSetCookie()) jar.keep(line, url);
    return answer;
  };

  const experience = async (origin, method, path, json) => {
    const answer = await send(`${origin}/api/experience${path}`, { method, json });
    assert.ok(answer.status < 300, `${method} /api/experience${path} answered ${answer.status} ${answer.text}`);
    return answer.body;
  };

  /** Types name and password; returns where to go on. */
  const enterPassword = async (origin, { username, password }) => {
    await experience(origin, 'PUT', '', { interactionEvent: 'SignIn' });
    const identifier = { type: 'username', value: username };
    const { verificationId } = await experience(origin, 'POST', '/verification/password', { identifier, password });
    await experience(origin, 'POST', '/identification', { verificationId });
    return (await experience(origin, 'POST', '/submit')).redirectTo;
  };

  const agree = async (origin) => {
    const answer = await send(`${origin}/api/interaction/consent`, { method: 'POST', json: {} });
    assert.equal(answer.status, 200, `consent was answered ${answer.status} ${answer.text}`);
    return answer.body.redirectTo;
  };

  /**
   * Goes where the server sends, signing in and agreeing as `person`, until the browser is sent to another origin
   * (`callback`) or something is shown (`page`). `signIns` and `consents` count what the person was asked.
   */
  const visit = async (address, { person, ...options } = {}) => {
    const { origin } = new URL(address);
    const seen = { signIns: 0, consents: 0 };
    const open = (where, more) => send(where, { ...more, headers: { ...navigation, ...more?.headers } });
    let answer = await open(address, options);
    for (let hop = 0; hop < mostHops; hop += 1) {
      let next = answer.location;
      if (!next && answer.status === 200 && answer.url.pathname === '/consent') {
        seen.consents += 1;
        next = new URL(await agree(origin), origin);
      }
      if (!next) return { ...seen, page: answer };
      if (next.origin !== origin) return { ...seen, callback: next };
      if (next.pathname === '/sign-in') {
        seen.signIns += 1;
        if (!person) return { ...seen, page: await open(next) };
        next = new URL(await enterPassword(origin, person), origin);
      }
      answer = await open(next);
    }
    return assert.fail(`more than ${mostHops} redirects, the last to ${answer.location}`);
  };

  /** Presses the first button of a page, and goes on from there. */
  const press = async (page, options) => {
    const form = formOf(page.text);
    assert.ok(form, `a page without a form at ${page.url}: ${page.text.slice(0, 300)}`);
    const action = new URL(form.action ?? page.url, page.url);
    return visit(action, { ...options, method: form.method, form: form.fields });
  };

  return { jar, send, visit, press };
};
