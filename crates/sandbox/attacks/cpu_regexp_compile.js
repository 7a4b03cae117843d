// Counted repetitions of counted repetitions: the product of the counts is never written out.
// expect: timeout | runtime | out-of-memory | returns {"m":true}
// limits: wall=500ms

const getCustomJwtClaims = async () => ({ m: new RegExp('((((a{0,1000}){0,1000}){0,1000}){0,1000}){0,1000}').test('b') });
