// Each generic method over a length of 2^53 - 1 with an empty object behind it.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => { for (const m of ['reverse', 'fill', 'copyWithin', 'lastIndexOf', 'includes', 'join', 'shift']) { try { Array.prototype[m].call({ length: 2 ** 53 - 1 }, 1, 2); } catch {} } return {}; };
