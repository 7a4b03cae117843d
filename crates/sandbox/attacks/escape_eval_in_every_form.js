// Direct, indirect, renamed and borrowed `eval`, and text given where a function belongs.
// expect: returns {"ran":[]}

const getCustomJwtClaims = async () => {
  const ran = [];
  const attempts = {
    direct: () => eval('42'),
    indirect: () => (0, eval)('42'),
    global: () => globalThis.eval('42'),
    applied: () => Reflect.apply(eval, null, ['42']),
    optional: () => eval?.('42'),
    aliased: () => { const alias = globalThis['ev' + 'al']; return alias('42'); },
    mapped: () => ['42'].map(eval)[0],
    replaced: () => '42'.replace('42', eval),
    getter: () => Object.defineProperty({}, 'x', { get: eval }).x,
    timer: () => setTimeout('globalThis.hit = 42'),
    microtask: () => queueMicrotask('globalThis.hit = 42'),
  };
  for (const [name, attempt] of Object.entries(attempts)) {
    try { if (attempt() === 42) ran.push(name); } catch {}
  }
  await null;
  if (globalThis.hit !== undefined) ran.push('hit');
  return { ran };
};
