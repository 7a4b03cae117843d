// Numbers at all the edges.
// expect: returns {"a":0,"b":null,"c":null,"d":5e-324,"e":1.7976931348623157e308,"f":9007199254740992,"g":1e21,"h":-1.5}

const getCustomJwtClaims = async () => ({ a: -0, b: NaN, c: Infinity, d: 5e-324, e: Number.MAX_VALUE, f: 9007199254740993, g: 1e21, h: -1.5 });
