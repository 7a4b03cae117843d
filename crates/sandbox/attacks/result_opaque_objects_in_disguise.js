// A map whose prototype says it is plain.
// expect: returns | type

const getCustomJwtClaims = async () => ({ m: Object.setPrototypeOf(new Map([[1, 2]]), Object.prototype) });
