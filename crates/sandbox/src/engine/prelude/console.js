// `console`: every line is kept with its level, within the run's limit.
const show = (value) => {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.stack ? `${value.name}: ${value.message}\n${value.stack}` : `${value.name}: ${value.message}`;
  if (typeof value === 'function') return `[Function: ${value.name || 'anonymous'}]`;
  if (typeof value === 'bigint') return `${value}n`;
  try { return stringify(value) ?? String(value); } catch { return Object.prototype.toString.call(value); }
};
const formats = {
  s: (value) => (typeof value === 'object' || typeof value === 'function' ? show(value) : String(value)),
  d: (value) => String(Number(value)),
  i: (value) => String(Number.parseInt(value, 10)),
  f: (value) => String(Number.parseFloat(value)),
  j: show, o: show, O: show, c: () => '',
};
const format = (first, ...rest) => {
  if (typeof first === 'string' && rest.length > 0) {
    first = first.replace(/%([sdifjoOc%])/g, (found, kind) =>
      kind === '%' ? '%' : rest.length > 0 ? formats[kind](rest.shift()) : found);
  }
  return [first, ...rest].map(show).join(' ');
};
const write = (level, args) => { if (args.length > 0) op.log(level, format(...args).toWellFormed()); else op.log(level, ''); };
const console = {};
for (const [name, level] of entriesOf({ debug: 0, trace: 0, log: 1, dir: 1, table: 1, group: 1, info: 2, warn: 3, error: 4 })) {
  console[name] = (...args) => write(level, args);
}
console.groupEnd = console.time = console.timeEnd = console.count = () => {};
console.assert = (condition, ...args) => { if (!condition) write(4, ['Assertion failed:', ...args]); };
define('console', console);
