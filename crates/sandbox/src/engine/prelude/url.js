// `URL` and `URLSearchParams` over the host's parser.
const byCodeUnits = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);
const pairsOf = (text) => {
  if (text === '') return [];
  const flat = op.parseForm(text);
  const pairs = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i], flat[i + 1]]);
  return pairs;
};
let linkParams; let resetParams; let paramsList;
class URLSearchParams {
  #list; #changed;
  static {
    linkParams = (params, changed) => { params.#changed = changed; };
    resetParams = (params, text) => { params.#list = pairsOf(text); };
    paramsList = (params) => params.#list;
  }
  constructor(init = '') {
    this.#list = isObject(init) ? pairsFrom(init, usv) : pairsOf(usv(init).replace(/^\?/, ''));
  }
  #notify() { this.#changed?.(serialized(this.#list)); }
  get size() { return this.#list.length; }
  append(name, value) {
    this.#list;
    need(arguments, 2);
    this.#list.push([usv(name), usv(value)]);
    this.#notify();
  }
  delete(name, value = undefined) {
    this.#list;
    need(arguments, 1);
    [name, value] = [usv(name), value === undefined ? undefined : usv(value)];
    this.#list = this.#list.filter(([n, v]) => n !== name || (value !== undefined && v !== value));
    this.#notify();
  }
  get(name) {
    this.#list;
    need(arguments, 1);
    name = usv(name);
    return this.#list.find(([n]) => n === name)?.[1] ?? null;
  }
  getAll(name) {
    this.#list;
    need(arguments, 1);
    name = usv(name);
    return this.#list.filter(([n]) => n === name).map(([, value]) => value);
  }
  has(name, value = undefined) {
    this.#list;
    need(arguments, 1);
    [name, value] = [usv(name), value === undefined ? undefined : usv(value)];
    return this.#list.some(([n, v]) => n === name && (value === undefined || v === value));
  }
  set(name, value) {
    this.#list;
    need(arguments, 2);
    this.#list = replaced(this.#list, usv(name), usv(value));
    this.#notify();
  }
  sort() { this.#list.sort(byCodeUnits); this.#notify(); }
  toString() { return serialized(this.#list); }
}
const serialized = (list) => list.map(([name, value]) => `${op.writeForm(name)}=${op.writeForm(value)}`).join('&');
/** The list with one pair of this name: where the first was, or at the end. */
const replaced = (list, name, value) => {
  const first = list.find(([n]) => n === name);
  if (first === undefined) return [...list, [name, value]];
  first[1] = value;
  return list.filter((pair) => pair === first || pair[0] !== name);
};
makeIterable(URLSearchParams, (params) => paramsList(params));

const urlParts = ['href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'origin'];
const parseUrl = (url, base) => op.parseUrl(usv(url), base === undefined ? undefined : usv(base));
let urlPart; let changeUrl;
class URL {
  #parts; #params;
  static {
    urlPart = (url, index) => url.#parts[index];
    changeUrl = (url, part, value) => url.#change(part, value);
  }
  constructor(url, base = undefined) {
    need(arguments, 1);
    this.#parts = parseUrl(url, base);
    if (this.#parts === undefined) throw new TypeError(`Invalid URL: ${url}`);
  }
  #change(part, value) {
    if (part === 'href') {
      const parts = parseUrl(value);
      if (parts === undefined) throw new TypeError(`Invalid URL: ${value}`);
      this.#parts = parts;
    } else this.#parts = op.changeUrl(this.#parts[0], part, usv(value)) ?? this.#parts;
    if (this.#params !== undefined && (part === 'href' || part === 'search')) resetParams(this.#params, this.#parts[8].slice(1));
  }
  get searchParams() {
    if (this.#params === undefined) {
      this.#params = new URLSearchParams(this.#parts[8]);
      linkParams(this.#params, (query) => { this.#parts = op.changeUrl(this.#parts[0], 'search', query) ?? this.#parts; });
    }
    return this.#params;
  }
  toString() { return this.#parts[0]; }
  toJSON() { return this.#parts[0]; }
  static canParse(url, base = undefined) { need(arguments, 1); return parseUrl(url, base) !== undefined; }
  static parse(url, base = undefined) { need(arguments, 1); return parseUrl(url, base) === undefined ? null : new URL(url, base); }
}
urlParts.forEach((part, index) => defineProperty(URL.prototype, part, {
  ...getOwnPropertyDescriptor({
    get [part]() { return urlPart(this, index); },
    set [part](value) { changeUrl(this, part, value); },
  }, part),
  ...(part === 'origin' ? { set: undefined } : {}),
}));
expose(URL, URLSearchParams);
