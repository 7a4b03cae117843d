// NUL as the last character.
// expect: syntax | returns {"ok":true}
// expand

const getCustomJwtClaims = async () => ({ ok: true });
<<<"\u0000"|1>>>
