// An invalid date has no JSON.
// expect: returns {"d":null}

const getCustomJwtClaims = async () => ({ d: new Date(NaN) });
