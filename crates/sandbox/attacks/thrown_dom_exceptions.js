// The surface's own exceptions, with hostile names.
// expect: runtime: x

const getCustomJwtClaims = async () => { throw new DOMException('x', '\0'.repeat(1000)); };
