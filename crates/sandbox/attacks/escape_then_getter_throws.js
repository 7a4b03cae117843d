// Looking for `then` runs the script's getter.
// expect: runtime RangeError: looked

const getCustomJwtClaims = () => ({ get then() { throw new RangeError('looked'); } });
