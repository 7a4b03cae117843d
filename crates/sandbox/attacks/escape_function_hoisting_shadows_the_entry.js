// The last declaration of a name wins; it is still the script's.
// expect: returns {"which":2}

function getCustomJwtClaims() { return { which: 1 }; }
function getCustomJwtClaims() { return { which: 2 }; }
