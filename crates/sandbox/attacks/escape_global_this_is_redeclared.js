// The name `globalThis` is one like any other; the prelude does not ask for it later.
// expect: returns {"type":"number"}

const globalThis = 5;
const getCustomJwtClaims = async () => ({ type: typeof globalThis });
