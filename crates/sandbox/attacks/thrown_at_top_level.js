// The top level throws before the entry is looked for.
// expect: runtime TypeError

null.x;
const getCustomJwtClaims = async () => ({});
