// A getter for `then` that is a function only when the host looks again.
// expect: type | timeout | returns

let looks = 0;
const getCustomJwtClaims = async () => ({ get then() { looks += 1; return looks % 2 === 0 ? (resolve) => resolve(5) : undefined; } });
