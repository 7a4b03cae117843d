// A list of seventy thousand different texts and numbers.
// expect: returns {"n":70000} | syntax | out-of-memory
// expand

const list = [<<<"'text {n}',"|70000>>>];
const getCustomJwtClaims = async () => ({ n: list.length });
