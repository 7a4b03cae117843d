// Seventy thousand names at the top level; the server ends a compiler that is late.
// expect: timeout | returns {"last":69999} | syntax | out-of-memory
// limits: wall=500ms
// expand

<<<"let v{n} = {n}; "|70000>>>
const getCustomJwtClaims = async () => ({ last: v69999 });
