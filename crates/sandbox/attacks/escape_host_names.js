// Names of hosts and shells, looked up in every way that does not throw. `self` is the realm's own global object.
// expect: returns {"found":["self"]}

const getCustomJwtClaims = async () => {
  const names = [
    'process', 'require', 'module', 'exports', '__filename', '__dirname', 'Deno', 'Bun', 'window', 'self', 'global',
    'document', 'XMLHttpRequest', 'WebSocket', 'Worker', 'SharedArrayBuffer', 'Atomics', 'WebAssembly', 'std', 'os', 'bjson',
    'print', 'load', 'loadScript', 'quit', 'gc', 'scriptArgs', 'navigator', 'java', 'Java', 'Packages', 'ActiveXObject',
    'openDatabase', 'localStorage', 'caches', 'indexedDB', 'op', 'hooks', 'natives', 'prelude', 'finish', 'describe', 'tick',
    'settle', 'inFlight', 'timers', 'ShadowRealm', 'evalScript', '$262', '__proto__op', 'drainJobQueue', 'setConsole', 'native',
  ];
  const found = names.filter((name) => name in globalThis || Reflect.has(Object.prototype, name));
  return { found };
};
