// Each broken byte becomes three bytes outside the script's heap before it comes back.
// expect: returns {"n":4000000}

const getCustomJwtClaims = async () => ({ n: new TextDecoder().decode(new Uint8Array(4_000_000).fill(0xff)).length });
