// A member of the global object does not win against a `const` of the script.
// expect: returns {"which":"const"}

globalThis.getCustomJwtClaims = () => ({ which: 'global' });
const getCustomJwtClaims = () => ({ which: 'const' });
