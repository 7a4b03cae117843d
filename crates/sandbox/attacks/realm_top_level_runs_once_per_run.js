// Top-level code runs in every run, on variables that are new.
// expect: returns {"n":1}
// twice

let n = 0;
var m = (globalThis.m ?? 0) + 1;
n += m;
const getCustomJwtClaims = async () => ({ n });
