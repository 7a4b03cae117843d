// Globals that cannot be configured cannot be redeclared.
// expect: syntax | runtime

let undefined = 1;
const getCustomJwtClaims = async () => ({ u: undefined });
