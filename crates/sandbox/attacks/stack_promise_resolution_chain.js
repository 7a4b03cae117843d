// A promise resolved with a promise resolved with a promise.
// expect: returns {"v":1} | out-of-memory | runtime

const getCustomJwtClaims = async () => { let p = Promise.resolve(1); for (let i = 0; i < 20_000; i += 1) { const inner = p; p = new Promise((resolve) => resolve(inner)); } return { v: await p }; };
