// The entry is looked up by name; a getter may answer differently each time.
// expect: missing-function | returns {"reads":2}

globalThis.reads = 0;
Object.defineProperty(globalThis, 'getCustomJwtClaims', {
  get() { globalThis.reads += 1; return globalThis.reads < 3 ? () => ({ reads: globalThis.reads }) : 'gone'; },
});
