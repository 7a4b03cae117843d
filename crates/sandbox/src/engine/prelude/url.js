// `URL` and `URLSearchParams` over the host's parser.
const byCodeUnits = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);
let linkParams; let resetParams; let paramsList;
class URLSearchParams {
  #list = []; #changed;
  static {
    linkParams = (params, changed) => { params.#changed = changed; };
    resetParams = (params, text) => { params.#list = pairsOf(text); };
    paramsList = (params) => params.#list;
  }
  constructor(init = '') {
    if (typeof init === 'object' && init !== null) this.#list = init instanceof URLSearchParams ? init.#list.map((pair) => [...pair]) : pairsIn(init);
    else this.#list = pairsOf(usv(init).replace(/^\?/, ''));
  }
  #notify() { this.#changed?.(this.toString()); }
  append(name, value) { this.#list.push([usv(name), usv(value)]); this.#notify(); }
  delete(name, value) {
    [name, value] = [usv(name), value === undefined ? undefined : usv(value)];
    this.#list = this.#list.filter(([n, v]) => n !== name || (value !== undefined && v !== value));
    this.#notify();
  }
  get(name) { name = usv(name); return this.#list.find(([n]) => n === name)?.[1] ?? null; }
  getAll(name) { name = usv(name); return this.#list.filter(([n]) => n === name).map(([, value]) => value); }
  has(name, value) {
    [name, value] = [usv(name), value === undefined ? undefined : usv(value)];
    return this.#list.some(([n, v]) => n === name && (value === undefined || v === value));
  }
  set(name, value) {
    [name, value] = [usv(name), usv(value)];
    const first = this.#list.find(([n]) => n === name);
    if (first === undefined) this.#list.push([name, value]);
    else {
      first[1] = value;
      this.#list = this.#list.filter((pair) => pair === first || pair[0] !== name);
    }
    this.#notify();
  }
  sort() { this.#list.sort(byCodeUnits); this.#notify(); }
  get size() { return this.#list.length; }
  toString() { return this.#list.map(([name, value]) => `${op.writeForm(name)}=${op.writeForm(value)}`).join('&'); }
}
const pairsOf = (text) => {
  if (text === '') return [];
  const flat = op.parseForm(text);
  const pairs = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i], flat[i + 1]]);
  return pairs;
};
const pairsIn = (init) => {
  if (init[Symbol.iterator] === undefined) return entriesOf(init).map(([name, value]) => [usv(name), usv(value)]);
  return [...init].map((pair) => {
    const [name, value, ...more] = pair;
    if (value === undefined || more.length > 0) throw new TypeError('Each query pair must be a name and a value');
    return [usv(name), usv(value)];
  });
};
makeIterable(URLSearchParams, (params) => [...paramsList(params)].map((pair) => [...pair]));

const urlParts = ['href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'origin'];
const parseUrl = (url, base) => op.parseUrl(usv(url), base === undefined ? undefined : usv(base));
let urlPart; let changeUrl;
class URL {
  #parts; #params;
  static {
    urlPart = (url, index) => url.#parts[index];
    changeUrl = (url, part, value) => url.#change(part, value);
  }
  constructor(url, base) {
    this.#parts = parseUrl(url, base);
    if (this.#parts === undefined) throw new TypeError(`Invalid URL: ${url}`);
  }
  #change(part, value) {
    if (part === 'href') {
      const parts = parseUrl(value);
      if (parts === undefined) throw new TypeError(`Invalid URL: ${value}`);
      this.#parts = parts;
    } else this.#parts = op.changeUrl(this.#parts[0], part, usv(value)) ?? this.#parts;
    if (this.#params !== undefined) resetParams(this.#params, this.#parts[8].slice(1));
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
  static canParse(url, base) { return parseUrl(url, base) !== undefined; }
  static parse(url, base) { return URL.canParse(url, base) ? new URL(url, base) : null; }
}
urlParts.forEach((part, index) => defineProperty(URL.prototype, part, {
  get() { return urlPart(this, index); },
  set: part === 'origin' ? undefined : function (value) { changeUrl(this, part, value); },
  configurable: true, enumerable: true,
}));
expose(URL, URLSearchParams);
