// Marks that turn the direction of writing hide code from readers, not from the parser.
// expect: returns {"admin":false}
// expand

const isAdmin = false; /*<<<"\u202e"|1>>> } if (isAdmin) <<<"\u2066"|1>>> begin admins only */
const getCustomJwtClaims = async () => ({ admin: isAdmin });
