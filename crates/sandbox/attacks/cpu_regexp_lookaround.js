// Lookahead and lookbehind at each place.
// expect: timeout | runtime | out-of-memory | returns {"m":false}
// limits: wall=300ms

const getCustomJwtClaims = async () => ({ m: /(?<=(a+)+b)(?=(a+)+c)x/.test('a'.repeat(40_000)) });
