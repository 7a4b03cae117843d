// Two names that differ only in broken halves become the same name; what is read is still JSON.
// expect: returns

const getCustomJwtClaims = async () => ({ '\ud800': 1, '\udfff': 2 });
