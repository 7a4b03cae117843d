// The text of boxed values is asked from the script.
// expect: runtime RangeError: asked

const getCustomJwtClaims = async () => ({ n: Object.assign(Object(1), { valueOf() { throw new RangeError('asked'); } }) });
