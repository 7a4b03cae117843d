// Looking for the entry runs the script's getter, which throws.
// expect: runtime RangeError: from the getter

Object.defineProperty(globalThis, 'getCustomJwtClaims', { get() { throw new RangeError('from the getter'); } });
