// Looking for the entry is part of the run and of its time.
// expect: timeout
// limits: wall=300ms

Object.defineProperty(globalThis, 'getCustomJwtClaims', { get() { for (;;); } });
