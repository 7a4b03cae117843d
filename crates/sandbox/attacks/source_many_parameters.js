// A function with seventy thousand parameters, called with as many.
// expect: syntax | returns | runtime | out-of-memory
// expand

function f(<<<"p{n},"|70000>>>) { return p0; }
const getCustomJwtClaims = async () => ({ a: f(<<<"{n},"|70000>>>) });
