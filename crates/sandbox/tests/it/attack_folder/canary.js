// Walks through everything that is reachable from the global object and tells it in a few characters: a realm that an
// earlier run has touched would tell something else.
const canary = async () => {
  const seen = new Map();
  const queue = [globalThis];
  let hash = 0x811c9dc5;
  let parts = 0;
  const note = (text) => {
    parts += 1;
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  };
  const meet = (value) => {
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return `${typeof value} ${String(value)}`;
    if (!seen.has(value)) {
      seen.set(value, seen.size);
      queue.push(value);
    }
    return `${typeof value} #${seen.get(value)}`;
  };
  const walk = () => {
    seen.set(globalThis, 0);
    while (queue.length > 0) {
      const object = queue.shift();
      note(`${meet(Reflect.getPrototypeOf(object))} ${Reflect.isExtensible(object)}`);
      for (const key of Reflect.ownKeys(object)) {
        const { value, get, set, writable, enumerable, configurable } = Reflect.getOwnPropertyDescriptor(object, key);
        note(`${String(key)} ${meet(value)} ${meet(get)} ${meet(set)} ${writable} ${enumerable} ${configurable}`);
      }
    }
  };
  // A timer, a promise or a finalizer that an earlier run has left behind would run now and be found by the walk.
  await new Promise((resolve) => { setTimeout(resolve, 2); });
  walk();
  const memory = new Uint8Array(200_000).some((byte) => byte !== 0);
  return { realm: { hash, parts, objects: seen.size, memory }, random: [Math.random(), crypto.randomUUID()] };
};
