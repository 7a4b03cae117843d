// Keywords must not be written with escapes.
// expect: syntax

const getCustomJwtClaims = \u0061sync () => ({});
