// Each match is replaced by the whole string, in both directions.
// expect: out-of-memory | runtime

const getCustomJwtClaims = async () => ({ n: 'a'.repeat(30_000).replace(/a/g, "$`$'$&").length });
