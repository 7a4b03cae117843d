// Fast paths for plain arrays, entered with elements that are accessors and lengths that are objects.
// expect: returns {"ok":true}

const getCustomJwtClaims = async () => {
  for (const method of ['concat', 'slice', 'splice', 'copyWithin', 'fill', 'reverse', 'shift', 'unshift', 'pop', 'push', 'indexOf', 'includes', 'join', 'flat', 'with', 'toSpliced', 'toReversed', 'at', 'lastIndexOf']) {
    for (const place of [0, 1, 2]) {
      const a = [1, 2, 3, 4, 5, 6, 7, 8];
      const args = [0, 1, 2];
      args[place] = { valueOf() { a.length = 1; a.push({}, {}); return 6; }, toString() { a.length = 0; return ','; }, get length() { a.length = 0; return 5; } };
      try { a[method](...args); } catch {}
      const b = { length: { valueOf() { return 2 ** 31; } }, 0: 1 };
      if (!['fill', 'reverse', 'join', 'indexOf', 'includes', 'lastIndexOf', 'copyWithin', 'unshift', 'shift', 'toReversed', 'with', 'toSpliced', 'splice', 'slice', 'flat', 'concat'].includes(method)) try { Array.prototype[method].call(b, 0); } catch {}
    }
  }
  return { ok: true };
};
