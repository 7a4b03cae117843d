// The host puts `api` into the input. A setter on the prototype must not catch it, and the member must be the script's own.
// expect: returns {"caught":0,"own":true,"frozen":true}

globalThis.caught = 0;
Object.defineProperty(Object.prototype, 'api', { set() { globalThis.caught += 1; }, get() { return 'mine'; }, configurable: true });
const getCustomJwtClaims = async (input) => ({ caught: globalThis.caught, own: Object.hasOwn(input, 'api'), frozen: Object.isFrozen(input.api) });
