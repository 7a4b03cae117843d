// What JSON would drop in silence is refused.
// expect: type: The script return value must be JSON-serializable.

const getCustomJwtClaims = async () => ({ a: { b: [1, { c: Symbol('x') }] } });
