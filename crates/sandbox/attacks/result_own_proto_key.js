// An own member of the name `__proto__` is data on its way out as well.
// expect: returns {"a":{"__proto__":{"x":1}},"__proto__":{"y":2}}

const getCustomJwtClaims = async () => JSON.parse('{"a":{"__proto__":{"x":1}},"__proto__":{"y":2}}');
