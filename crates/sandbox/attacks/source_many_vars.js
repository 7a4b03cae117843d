// As many names as a script of a usual length can declare: these do compile.
// expect: returns {"last":2999}
// expand
// twice

<<<"var v{n} = {n}; "|3000>>>
const getCustomJwtClaims = async () => ({ last: v2999 });
