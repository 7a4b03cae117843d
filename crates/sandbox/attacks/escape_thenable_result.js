// A result with a `then` method is awaited like any promise.
// expect: returns {"value":1}

const getCustomJwtClaims = () => ({ then(resolve) { resolve({ then(again) { again({ value: 1 }); } }); } });
