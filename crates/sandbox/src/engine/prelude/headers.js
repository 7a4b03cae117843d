// `Headers`, as the Fetch standard defines them: names are tokens, values cannot smuggle a line.
const headerName = (name) => {
  name = `${name}`;
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) throw new TypeError(`Invalid header name: ${name.slice(0, 100)}`);
  return name.toLowerCase();
};
const headerValue = (value) => {
  value = `${value}`.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (/[\0\r\n\u0100-\uffff]/.test(value)) throw new TypeError('Invalid header value');
  return value;
};
let headerList;
class Headers {
  #list = [];
  static { headerList = (headers) => headers.#list; }
  constructor(init) {
    if (init === undefined || init === null) return;
    if (typeof init !== 'object') throw new TypeError('Headers must be an object or a list of pairs');
    const pairs = init instanceof Headers ? init.#list : init[Symbol.iterator] === undefined ? entriesOf(init) : init;
    for (const pair of pairs) {
      const [name, value, ...more] = pair;
      if (value === undefined || more.length > 0) throw new TypeError('Each header must be a name and a value');
      this.append(name, value);
    }
  }
  append(name, value) { this.#list.push([headerName(name), headerValue(value)]); }
  delete(name) { name = headerName(name); this.#list = this.#list.filter(([n]) => n !== name); }
  get(name) {
    name = headerName(name);
    const values = this.#list.filter(([n]) => n === name).map(([, value]) => value);
    return values.length > 0 ? values.join(', ') : null;
  }
  getSetCookie() { return this.#list.filter(([n]) => n === 'set-cookie').map(([, value]) => value); }
  has(name) { name = headerName(name); return this.#list.some(([n]) => n === name); }
  set(name, value) {
    [name, value] = [headerName(name), headerValue(value)];
    const first = this.#list.find(([n]) => n === name);
    if (first === undefined) this.#list.push([name, value]);
    else {
      first[1] = value;
      this.#list = this.#list.filter((pair) => pair === first || pair[0] !== name);
    }
  }
}
makeIterable(Headers, (headers) => {
  const list = headerList(headers);
  const names = [...new Set(list.map(([name]) => name))].sort();
  return names.flatMap((name) => (name === 'set-cookie' ? list.filter(([n]) => n === name).map((pair) => [...pair]) : [[name, headers.get(name)]]));
});
expose(Headers);
