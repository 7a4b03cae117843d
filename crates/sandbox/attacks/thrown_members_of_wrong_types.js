// Name, message and stack are no strings.
// expect: runtime

const getCustomJwtClaims = async () => { throw Object.assign(new Error('x'), { name: { a: 1 }, message: 10n, stack: { toString: () => 'script.js:1:1' } }); };
