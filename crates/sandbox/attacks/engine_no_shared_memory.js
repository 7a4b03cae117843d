// There is no shared memory and nothing to wait on.
// expect: returns {"found":[]}

const getCustomJwtClaims = async () => {
  const found = [];
  for (const name of ['SharedArrayBuffer', 'Atomics']) if (name in globalThis) found.push(name);
  try { if (structuredClone(new ArrayBuffer(1)).constructor !== ArrayBuffer) found.push('clone'); } catch {}
  for (const key of Reflect.ownKeys(ArrayBuffer)) if (String(key).includes('Shared')) found.push(String(key));
  try { if ('grow' in Object.getPrototypeOf(new ArrayBuffer(8, { maxByteLength: 16 }))) found.push('grow'); } catch {}
  return { found };
};
