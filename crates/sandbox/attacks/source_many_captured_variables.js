// More variables in a closure than sixteen bits can count. Compiling takes quadratic time and cannot be interrupted.
// expect: timeout | syntax | returns {"last":69999} | out-of-memory
// limits: wall=500ms
// expand

const getCustomJwtClaims = async () => { <<<"let v{n} = {n}; "|70000>>> const f = () => [<<<"v{n},"|70000>>>]; return { last: f()[69999] }; };
