// Classes inside static blocks of classes.
// expect: syntax | out-of-memory | returns
// expand

const getCustomJwtClaims = async () => { <<<"class A { static { "|10000>>><<<"} }"|10000>>> return {}; };
