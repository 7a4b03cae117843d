// NUL in the middle of the source ends nothing.
// expect: syntax
// expand

const getCustomJwtClaims = async () => ({ ok: true });<<<"\u0000"|1>>> this is not code
