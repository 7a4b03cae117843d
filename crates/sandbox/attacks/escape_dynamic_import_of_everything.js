// Modules by file, by URL, by data, with attributes and with hostile specifiers.
// expect: returns {"loaded":[]}

const getCustomJwtClaims = async () => {
  const loaded = [];
  const specifiers = [
    'fs', 'node:fs', 'std', 'os', 'qjs:std', 'qjs:os', 'bjson', './x.js', '/etc/passwd', 'file:///etc/passwd',
    'data:text/javascript,export default 42', 'https://example.com/a.js', '', '\0', 'x'.repeat(100_000),
    { toString() { return 'std'; } }, script.js = 'script.js', 'prelude', 'input',
  ];
  for (const specifier of specifiers) {
    try { loaded.push(Object.keys(await import(specifier))); } catch {}
  }
  try { loaded.push(await import('x', { with: { type: 'json' } })); } catch {}
  return { loaded };
};
var script = {};
