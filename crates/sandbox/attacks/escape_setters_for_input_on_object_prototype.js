// The input is parsed after the script's top level ran: setters for its names must see nothing.
// expect: returns {"caught":[],"token":"object"}

globalThis.caught = [];
for (const name of ['token', 'context', 'environmentVariables', 'user', 'api', '0', '__proto__x']) {
  Object.defineProperty(Object.prototype, name, { set(value) { globalThis.caught.push(name); }, configurable: true });
}
const getCustomJwtClaims = async ({ token }) => ({ caught: globalThis.caught, token: typeof token });
