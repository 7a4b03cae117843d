// A generator is an object without own members.
// expect: returns {}

function* getCustomJwtClaims() { yield { a: 1 }; }
