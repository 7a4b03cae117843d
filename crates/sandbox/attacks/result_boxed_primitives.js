// Boxed values are unboxed, a boxed BigInt is refused.
// expect: returns {"n":1,"s":"x","b":false}

const getCustomJwtClaims = async () => ({ n: Object(1), s: Object('x'), b: Object(false) });
