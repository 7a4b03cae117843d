// What `console` does, as the Console standard defines it: every line is kept with its level, within the run's limit.
const { isArray, isObject, entriesOf, stringify } = base;
const described = (value) => {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return `[Function: ${value.name || 'anonymous'}]`;
  if (value instanceof Map || value instanceof Set) return [...value];
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return value;
};
const show = (value) => {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.stack ? `${value.name}: ${value.message}\n${value.stack}` : `${value.name}: ${value.message}`;
  const plain = described(value);
  if (typeof plain === 'string') return plain;
  const above = [];
  try {
    return stringify(plain, function (_, member) {
      while (above.length > 0 && above.at(-1) !== this) above.pop();
      member = described(member);
      if (typeof member !== 'object' || member === null) return member;
      if (above.includes(member)) return '[Circular]';
      above.push(member);
      return member;
    }) ?? String(value);
  } catch { return Object.prototype.toString.call(value); }
};
const number = (convert) => (value) => (typeof value === 'symbol' ? 'NaN' : String(convert(value)));
const formats = {
  s: (value) => (isObject(value) ? show(value) : String(value)),
  d: number((value) => (typeof value === 'bigint' ? `${value}n` : Number.parseInt(value, 10))),
  i: number((value) => (typeof value === 'bigint' ? `${value}n` : Number.parseInt(value, 10))),
  f: number((value) => Number.parseFloat(value)),
  j: show, o: show, O: show, c: () => '',
};
const format = (first, ...rest) => {
  if (typeof first === 'string' && rest.length > 0) {
    first = first.replace(/%([sdifjoOc%])/g, (found, kind) =>
      kind === '%' ? '%' : rest.length > 0 ? formats[kind](rest.shift()) : found);
  }
  return [first, ...rest].map(show).join(' ');
};
let indent = '';
const write = (level, args) => {
  const text = args.length > 0 ? format(...args) : '';
  op.log(level, indent === '' ? text.toWellFormed() : `${indent}${text.replaceAll('\n', `\n${indent}`)}`.toWellFormed());
};
const counts = new Map();
const clocks = new Map();
const since = (label) => `${label}: ${Math.round((op.now() - clocks.get(label)) * 1000) / 1000}ms`;
const missing = (what, label) => write(3, [`The ${what} "${label}" does not exist`]);
const open = (...args) => {
  if (args.length > 0) write(1, args);
  if (indent.length < 40) indent += '  ';
};
/** Rows of an object or a list, below the names of their members. */
const table = (data, properties = undefined) => {
  if (!isObject(data)) return write(1, [data]);
  const rows = (data instanceof Map || isArray(data) ? [...data.entries()] : entriesOf(data)).slice(0, 1000);
  const columns = properties === undefined
    ? [...new Set(rows.flatMap(([, row]) => (isObject(row) ? Object.keys(row) : [])))].slice(0, 100) : [...properties].map(String);
  const plain = rows.some(([, row]) => !isObject(row));
  const cells = [['(index)', ...columns, ...(plain ? ['value'] : [])], ...rows.map(([key, row]) =>
    [show(key), ...columns.map((name) => (isObject(row) && name in row ? show(row[name]) : '')), ...(plain ? [isObject(row) ? '' : show(row)] : [])])];
  const widths = cells[0].map((_, column) => Math.min(100, Math.max(...cells.map((row) => row[column].length))));
  for (const row of cells) write(1, [row.map((cell, column) => cell.padEnd(widths[column])).join(' | ').trimEnd()]);
};
return {
  show,
  write,
  assert(condition = false, ...args) {
    if (condition) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`; else args.unshift('Assertion failed');
    write(4, args);
  },
  clear() { indent = ''; },
  debug(...args) { write(0, args); },
  error(...args) { write(4, args); },
  info(...args) { write(2, args); },
  log(...args) { write(1, args); },
  table(data = undefined, properties = undefined) { table(data, properties); },
  trace(...args) { write(0, [`Trace${args.length > 0 ? ': ' : ''}${args.length > 0 ? format(...args) : ''}\n${new Error().stack.split('\n').slice(1).join('\n')}`.trimEnd()]); },
  warn(...args) { write(3, args); },
  dir(item = undefined) { write(1, [item]); },
  dirxml(...args) { write(1, args); },
  count(label = 'default') {
    label = `${label}`;
    counts.set(label, (counts.get(label) ?? 0) + 1);
    write(2, [`${label}: ${counts.get(label)}`]);
  },
  countReset(label = 'default') { label = `${label}`; if (!counts.delete(label)) missing('count', label); },
  group(...args) { open(...args); },
  groupCollapsed(...args) { open(...args); },
  groupEnd() { indent = indent.slice(2); },
  time(label = 'default') {
    label = `${label}`;
    if (clocks.has(label)) write(3, [`The timer "${label}" runs already`]); else clocks.set(label, op.now());
  },
  timeLog(label = 'default', ...args) { label = `${label}`; if (clocks.has(label)) write(1, [since(label), ...args]); else missing('timer', label); },
  timeEnd(label = 'default') { label = `${label}`; if (!clocks.has(label)) return missing('timer', label); write(2, [since(label)]); clocks.delete(label); },
};
