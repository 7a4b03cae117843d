// U+2028 ends lines in code, and is a character in strings.
// expect: returns {"n":1,"x":2}
// expand

const getCustomJwtClaims = async () => { let x = 1; // hidden <<<"\u2028"|1>>> x = 2;
  return { n: '<<<"\u2028"|1>>>'.length, x }; };
