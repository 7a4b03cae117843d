// The same with `!`, `~`, `typeof` and `void`.
// expect: syntax | returns | runtime | out-of-memory
// expand

const getCustomJwtClaims = async () => ({ a: typeof <<<"!~"|60000>>>1 });
