// A template, a comment and a function without an end.
// expect: syntax

const getCustomJwtClaims = async () => { return { a: `${ /* never
