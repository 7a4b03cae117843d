// A function on the first look and something else on the second.
// expect: missing-function

let looks = 0;
Object.defineProperty(globalThis, 'getCustomJwtClaims', { get() { looks += 1; return looks === 1 ? () => ({}) : { call: 'me' }; } });
