// A string literal, a template and a comment of two million characters each.
// expect: returns {"n":4000000} | out-of-memory | syntax
// expand

/*<<<"c"|2000000>>>*/
const getCustomJwtClaims = async () => ({ n: '<<<"s"|2000000>>>'.length + `<<<"t"|2000000>>>`.length });
