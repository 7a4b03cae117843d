// The encoder makes up to three bytes of each unit.
// expect: out-of-memory | returns {"n":6000000}

const getCustomJwtClaims = async () => ({ n: new TextEncoder().encode('€'.repeat(2_000_000)).length });
