// Literals that do not compile are errors of the source.
// expect: syntax

const getCustomJwtClaims = async () => ({ a: /(?<a>x)(?<a>y)[z-a]\u{110000}/v.test('') });
