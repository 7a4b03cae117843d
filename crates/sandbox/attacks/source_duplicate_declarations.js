// The same name twice.
// expect: syntax

const getCustomJwtClaims = async () => ({ a: 1 });
const getCustomJwtClaims = async () => ({ a: 2 });
