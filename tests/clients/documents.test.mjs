// What documents say about the program and the tree is true: settings and their defaults, names of files and tests.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { bareEnvironment, binary, root } from './signet.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');

/** Names between backticks, outside of fenced code. */
const namesIn = (markdown) => {
  const prose = markdown.replace(/^```[\s\S]*?^```$/gm, '');
  return [...new Set([...prose.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name))];
};

const skipped = new Set(['.git', 'target', 'node_modules', 'data', 'corpus', 'artifacts']);
const filesBelow = (directory) =>
  readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = directory ? `${directory}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : [`${path}/`, ...filesBelow(path)];
    return entry.isFile() ? [path] : [];
  });

/** What `signet --help` says: `{ variable, flag, standard }`. */
const settings = () => {
  const help = execFileSync(binary(), ['--help'], { encoding: 'utf8', env: bareEnvironment() });
  const text = help.slice(help.indexOf('\nSettings:')).replace(/\s+/g, ' ');
  return text.split(/ (?=--[a-z][a-z-]* )/).flatMap((entry) => {
    const found = /^(--[a-z-]+) .*\[env: (\w+)=?\](?: \[default: ([^\]]*)\])?/.exec(entry);
    return found ? [{ flag: found[1], variable: found[2], standard: found[3] }] : [];
  });
};

describe('docs/guides/operations.md', () => {
  const guide = read('docs/guides/operations.md');
  const rows = guide.split('\n').flatMap((line) => {
    const cells = /^\| `([A-Z_]+)` \| `(--[a-z-]+)` \| (.*?) \| (.+) \|$/.exec(line);
    return cells ? [{ variable: cells[1], flag: cells[2], standard: cells[3] }] : [];
  });

  it('has every setting of the program and no other', () => {
    const said = settings();
    assert.ok(said.length > 30, `the help was not understood: ${said.length} settings`);
    const names = (list) => list.map(({ variable, flag }) => `${variable} ${flag}`).sort();
    assert.deepEqual(names(rows), names(said));
  });

  it('has the defaults of the program', () => {
    for (const { variable, standard } of settings()) {
      const row = rows.find((row) => row.variable === variable);
      if (standard !== undefined) assert.equal(row.standard, `\`${standard}\``, variable);
    }
  });

  it('has every setting that is refused', () => {
    const source = read('crates/signet/src/config/refused.rs');
    const refused = [...source.matchAll(/env = "(\w+)"/g)].map(([, name]) => name);
    assert.ok(refused.length > 0);
    for (const name of refused) assert.ok(guide.includes(`\`${name}\``), name);
  });

  it('has every metric', () => {
    const sources = filesBelow('crates').filter((path) => path.endsWith('.rs')).map(read).join('\n');
    const metrics = new Set([...sources.matchAll(/"(signet_(?:tokens|script|http)_[a-z_]+)"/g)].map(([, name]) => name));
    assert.ok(metrics.size > 8);
    for (const name of metrics) {
      // A family shares the beginning of the name before it.
      const isKnown = guide.includes(`\`${name}\``) || [...guide.matchAll(/`(_[a-z_]+)`/g)].some(([, end]) => name.endsWith(end));
      assert.ok(isKnown, name);
    }
  });
});

describe('docs/guides/custom-access-token.md', () => {
  it('lists the protected claims', () => {
    const source = read('crates/core/src/claims/protocol.rs');
    const list = /PROTECTED: &\[&str\] = &\[([^\]]*)\]/.exec(source)[1];
    const names = [...list.matchAll(/"(\w+)"/g)].map(([, name]) => `\`${name}\``);
    const sentence = read('docs/guides/custom-access-token.md').split('\n').find((line) => line.startsWith('A script cannot set '));
    assert.deepEqual(sentence.slice(0, sentence.indexOf(', whether')).match(/`\w+`/g).sort(), names.sort());
  });
});

describe('ARCHITECTURE.md', () => {
  const files = filesBelow('');
  const sources = files
    .filter((path) => /\.(rs|js|mjs|sql|toml)$|Makefile$/.test(path))
    .map(read)
    .join('\n');
  const words = new Set(sources.match(/\w+/g));
  const names = namesIn(read('ARCHITECTURE.md')).filter((name) => !name.includes('<'));

  it('names files and directories that exist', () => {
    const paths = names.filter((name) => /^[\w.-]*(\/[\w.-]*)*$/.test(name) && /\/$|\.(rs|js|mjs|toml|sql|md)$/.test(name));
    assert.ok(paths.length > 50);
    const exists = (name) => files.some((path) => path === name || path.endsWith(`/${name}`));
    assert.deepEqual(paths.filter((name) => !exists(name)), []);
  });

  it('names tests that exist', () => {
    const tests = names.filter((name) => /^[a-z0-9]+(_[a-z0-9]+){3,}$/.test(name));
    assert.ok(tests.length > 20);
    assert.deepEqual(tests.filter((name) => !sources.includes(`fn ${name}(`)), []);
  });

  it('names types, functions and settings that exist', () => {
    const symbols = names.filter((name) => /^[#A-Za-z_:\[\]<>!]+$/.test(name)).flatMap((name) => name.match(/\w+/g) ?? []);
    assert.ok(symbols.length > 50);
    assert.deepEqual(symbols.filter((name) => !words.has(name)), []);
  });
});
