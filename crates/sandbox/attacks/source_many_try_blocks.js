// Ten thousand `try` in each other, then a jump out of all of them.
// expect: returns | syntax | runtime | out-of-memory
// expand

const getCustomJwtClaims = async () => { out: { <<<"try { "|10000>>> break out; <<<" } finally { }"|10000>>> } return { out: true }; };
