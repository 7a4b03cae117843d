// Templates inside templates.
// expect: syntax
// expand

const getCustomJwtClaims = async () => ({ a: <<<"`${"|50000>>>1<<<"}`"|50000>>> });
