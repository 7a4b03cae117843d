// A lookbehind that backtracks in each of many places.
// expect: timeout
// limits: wall=300ms

const getCustomJwtClaims = async () => ({ m: /(?<=^(a+)+b)x/.test(`${'a'.repeat(40)}cx`) || /(?<=(a|aa)+$)b|(?=(a|aa)+$)c/.test('a'.repeat(60)) || /^(?=(a|a)+b)/.test('a'.repeat(50)) });
