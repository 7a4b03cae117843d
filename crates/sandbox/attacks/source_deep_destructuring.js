// Patterns inside patterns.
// expect: syntax | runtime | out-of-memory
// expand

const getCustomJwtClaims = async () => { const <<<"[{a:"|20000>>>b<<<"}]"|20000>>> = []; return {}; };
