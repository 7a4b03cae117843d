// Comments of another age, one of which hides the entry.
// expect: returns {"ok":true} | syntax

<!-- const getCustomJwtClaims = 1;
--> const getCustomJwtClaims = 2;
const getCustomJwtClaims = async () => ({ ok: true });
