// `const`, `let` and `class` with names of the surface shadow it for this script and this run.
// expect: returns {"mine":true}
// twice

const fetch = 1;
let JSON = { stringify: () => 'forged' };
class Promise2 {}
const Object2 = Object;
let console = null;
const URL = null;
const Error = class Mine {};
let TypeError = 5;
const getCustomJwtClaims = async () => ({ mine: fetch === 1 && console === null });
